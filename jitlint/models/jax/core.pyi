# Classes
AbstractValue: Concrete
ShapedArray: Concrete
Trace: Concrete
Tracer: Concrete

# Functions
def ensure_compile_time_eval() -> Unknown: ...
