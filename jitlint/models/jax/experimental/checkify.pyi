# Checks of values, made by code that jit can run
def checkify(f: Function, errors: Static = ...) -> Unknown: ...
def check(pred: Array, msg: Any, *fmt_args: Array, debug: Since["0.5.0", Changed["0.7.0", Any, Static]] = False, **fmt_kwargs: Array) -> Concrete: ...
def debug_check(pred: Array, msg: Any, *fmt_args: Array, **fmt_kwargs: Array) -> Concrete: ...
def check_error(error: Array) -> Concrete: ...

# Errors and sets of them
Error: Concrete
JaxRuntimeError: Concrete
all_checks: Concrete
automatic_checks: Concrete
div_checks: Concrete
float_checks: Concrete
index_checks: Concrete
nan_checks: Concrete
user_checks: Concrete
