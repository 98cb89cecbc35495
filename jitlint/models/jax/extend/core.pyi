# Programs
def jaxpr_as_fun(closed_jaxpr: Static, *args: Array) -> Unknown: ...
def check_jaxpr(jaxpr: Static) -> Since["0.10.0", Concrete]: ...
def jaxprs_in_params(params: Array) -> Since["0.10.0", Concrete]: ...
def subjaxprs(jaxpr: Static) -> Since["0.10.0", Concrete]: ...

# Tracing
def unsafe_am_i_under_a_jit_DO_NOT_USE() -> Since["0.10.0", Concrete]: ...
def unsafe_am_i_under_a_vmap_DO_NOT_USE() -> Since["0.10.0", Concrete]: ...
def unsafe_get_axis_names_DO_NOT_USE() -> Since["0.10.0", Concrete]: ...
def nonempty_axis_env_DO_NOT_USE() -> Since["0.10.0", Concrete]: ...

# Values and types
def valid_jaxtype(x: Array) -> Since["0.10.0", Concrete]: ...
def concrete_or_error(force: Called, val: Convert, context: Array = "") -> Since["0.10.0", Concrete]: ...
def primal_dtype_to_tangent_dtype(primal_dtype: Array) -> Since["0.10.0", Derived]: ...
def mapped_aval(size: Static, axis: Static, aval: Static) -> Since["0.9.0", Concrete]: ...
def unmapped_aval(size: Static, axis: Static, aval: Static, explicit_mesh_axis: Static = None) -> Since["0.9.0", Concrete]: ...

# Classes and types
AbstractToken: Since["0.10.0", Concrete]
CallPrimitive: Since["0.10.0", Until["0.12.0", Concrete]]
ClosedJaxpr: Concrete
DebugInfo: Since["0.10.0", Concrete]
DropVar: Since["0.10.0", Concrete]
Effect: Since["0.10.0", Concrete]
Effects: Since["0.10.0", Concrete]
InconclusiveDimensionOperation: Since["0.10.0", Concrete]
Jaxpr: Concrete
JaxprEqn: Concrete
JaxprTypeError: Since["0.10.0", Concrete]
Literal: Concrete
def Primitive(name: Any) -> Object["jax.extend.core.Primitive"]: ...
Token: Concrete
TraceTag: Since["0.10.0", Concrete]
Var: Concrete

# Other functions and objects
array_types: Concrete
call_impl: Since["0.10.0", Until["0.12.0", Concrete]]
create_call_primitive: Since["0.12.0", Concrete]
eval_jaxpr_transpose: Since["0.12.0", Concrete]
find_top_trace: Since["0.10.0", Concrete]
gensym: Since["0.10.0", Concrete]
get_opaque_trace_state: Since["0.10.0", Concrete]
new_jaxpr_eqn: Since["0.10.0", Concrete]
no_effects: Since["0.10.0", Concrete]
register_call_primitive_rules: Since["0.12.0", Concrete]
set_current_trace: Since["0.10.0", Concrete]
take_current_trace: Since["0.9.2", Concrete]
