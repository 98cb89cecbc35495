# Annotations
def annotate_function(func: Function, name: Static = None, **decorator_kwargs: Array) -> Transform["named_call"]: ...
def TraceAnnotation(name: Static, **kwargs: Array) -> Concrete: ...
def StepTraceAnnotation(name: Static, **kwargs: Array) -> Concrete: ...

# The profiler: started and stopped by the program, not inside jit
trace: Concrete
start_trace: Concrete
stop_trace: Concrete
start_server: Concrete
stop_server: Concrete
export_profile_data: Since["0.12.0", Concrete]
register_subprocess: Since["0.10.2", Concrete]
Any: Since["0.6.2", Until["0.7.1", Concrete]]
ProfileData: Since["0.6.2", Concrete]
ProfileEvent: Since["0.6.2", Concrete]
ProfileLine: Since["0.12.0", Concrete]
ProfileOptions: Since["0.6.2", Concrete]
ProfilePlane: Since["0.6.2", Concrete]
ProfileSession: Since["0.12.0", Concrete]

# Memory
def device_memory_profile(backend: Static = None) -> Concrete: ...
def save_device_memory_profile(filename: Static, backend: Static = None) -> Concrete: ...
