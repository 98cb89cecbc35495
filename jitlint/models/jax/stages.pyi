# What jit(f).trace, .lower and .compile give
ArgInfo: Concrete
Compiled: Concrete
CompilerOptions: Concrete
Lowered: Concrete
OutInfo: Until["0.7.0", Concrete]
Traced: Concrete
Wrapped: Concrete
