# Processes: these calls work only before the first computation, so not inside jit
initialize: Concrete
shutdown: Concrete
def is_initialized() -> Since["0.5.3", Concrete]: ...
