# Tracing
def ensure_compile_time_eval() -> Concrete: ...
def eval_context() -> Concrete: ...
def trace_state_clean() -> Until["0.7.0", Concrete]: ...
def unsafe_am_i_under_a_jit_DO_NOT_USE() -> Since["0.4.35", Until["0.11.0", Concrete]]: ...
def unsafe_am_i_under_a_vmap_DO_NOT_USE() -> Since["0.4.35", Until["0.11.0", Concrete]]: ...
def unsafe_get_axis_names_DO_NOT_USE() -> Since["0.4.35", Until["0.11.0", Concrete]]: ...
def nonempty_axis_env_DO_NOT_USE() -> Since["0.4.35", Until["0.11.0", Concrete]]: ...

# Values
def get_aval(x: Array) -> Until["0.10.0", Concrete]: ...
def get_type(x: Array) -> Since["0.4.35", Until["0.7.0", Concrete]]: ...
def is_concrete(x: Array) -> Since["0.4.38", Until["0.11.0", Concrete]]: ...
def valid_jaxtype(x: Array) -> Until["0.11.0", Concrete]: ...
def concrete_or_error(force: Called, val: Convert, context: Array = "") -> Until["0.11.0", Concrete]: ...

# Shapes and types
def max_dim(d1: Static, d2: Static) -> Concrete: ...
def min_dim(d1: Static, d2: Static) -> Concrete: ...
def is_constant_dim(d: Array) -> Until["0.11.0", Concrete]: ...
def is_constant_shape(s: Array) -> Until["0.11.0", Concrete]: ...
def canonicalize_shape(shape: Shape, context: Array = "") -> Until["0.4.35", Concrete]: ...
def primal_dtype_to_tangent_dtype(primal_dtype: Array) -> Until["0.11.0", Derived]: ...
def ShapedArray(shape: Shape, dtype: Array, weak_type: Static = False, named_shape: Until["0.4.35", Static] = None, sharding: Since["0.4.35", Static] = None) -> Until["0.5.3", Concrete]: ...
def ShapedArray(shape: Shape, dtype: Array, weak_type: Static = False, *, sharding: Static = None, varying_manual_axes: Until["0.6.0", Static] = ..., vma: Since["0.6.0", Until["0.10.0", Static]] = ..., manual_axis_type: Since["0.10.0", Static] = ..., memory_space: Since["0.7.1", Static] = ..., layout: Since["0.12.0", Static] = None) -> Since["0.5.3", Concrete]: ...

# Programs
def eval_jaxpr(jaxpr: Static, consts: Array, *args: Array, propagate_source_info: Static = True) -> Tree: ...
def jaxpr_as_fun(closed_jaxpr: Static, *args: Array) -> Until["0.6.0", Unknown]: ...
def check_jaxpr(jaxpr: Static) -> Until["0.11.0", Concrete]: ...
def jaxprs_in_params(params: Array) -> Until["0.11.0", Concrete]: ...
def subjaxprs(jaxpr: Static) -> Until["0.10.0", Concrete]: ...

# Classes and types
AbstractToken: Until["0.10.0", Concrete]
AbstractValue: Concrete
Atom: Concrete
AxisName: Since["0.4.38", Until["0.7.0", Concrete]]
AxisSize: Until["0.6.0", Concrete]
CallPrimitive: Until["0.11.0", Concrete]
ClosedJaxpr: Until["0.6.0", Concrete]
ConcreteArray: Until["0.4.38", Concrete]
ConcretizationTypeError: Until["0.7.0", Concrete]
DShapedArray: Until["0.8.2", Concrete]
DebugInfo: Since["0.5.3", Until["0.11.0", Concrete]]
DropVar: Until["0.11.0", Concrete]
Effect: Until["0.11.0", Concrete]
Effects: Until["0.11.0", Concrete]
EvalTrace: Until["0.6.0", Concrete]
InDBIdx: Until["0.6.0", Concrete]
InconclusiveDimensionOperation: Until["0.11.0", Concrete]
InputType: Until["0.6.0", Concrete]
Jaxpr: Until["0.6.0", Concrete]
JaxprDebugInfo: Until["0.5.3", Concrete]
JaxprEqn: Until["0.6.0", Concrete]
JaxprPpContext: Until["0.11.0", Concrete]
JaxprPpSettings: Until["0.11.0", Concrete]
JaxprTypeError: Until["0.11.0", Concrete]
Literal: Until["0.6.0", Concrete]
MainTrace: Until["0.4.38", Concrete]
MapPrimitive: Until["0.6.0", Concrete]
NameGatheringSubst: Until["0.4.38", Concrete]
NamedShape: Until["0.4.35", Concrete]
OpaqueTraceState: Since["0.4.35", Until["0.6.0", Concrete]]
OutDBIdx: Until["0.6.0", Concrete]
OutputType: Until["0.11.0", Concrete]
ParamDict: Concrete
def Primitive(name: Any) -> Until["0.6.0", Object["jax.extend.core.Primitive"]]: ...
Sublevel: Until["0.4.38", Concrete]
TRACER_LEAK_DEBUGGER_WARNING: Until["0.6.0", Concrete]
ThreadLocalState: Until["0.4.38", Concrete]
Token: Until["0.6.0", Concrete]
Trace: Concrete
TraceStack: Until["0.4.38", Concrete]
TraceState: Until["0.4.38", Concrete]
TraceTag: Since["0.4.38", Until["0.10.0", Concrete]]
Tracer: Concrete
UnshapedArray: Until["0.8.2", Concrete]
Value: Concrete
Var: Until["0.6.0", Concrete]

# Other functions and objects
abstract_token: Until["0.11.0", Concrete]
apply_todos: Until["0.4.38", Concrete]
as_named_shape: Until["0.4.35", Concrete]
aval_mapping_handlers: Until["0.11.0", Unknown]
axis_frame: Until["0.7.0", Concrete]
call: Until["0.11.0", Concrete]
call_bind_with_continuation: Until["0.4.38", Concrete]
call_impl: Until["0.10.0", Concrete]
call_p: Until["0.7.0", Concrete]
check_eqn: Until["0.4.38", Concrete]
check_type: Until["0.4.38", Concrete]
check_valid_jaxtype: Until["0.4.38", Concrete]
closed_call_p: Until["0.7.0", Concrete]
concrete_aval: Until["0.6.0", Concrete]
concretization_function_error: Until["0.11.0", Concrete]
cur_sublevel: Until["0.4.38", Concrete]
custom_typechecks: Until["0.11.0", Unknown]
dedup_referents: Until["0.6.0", Concrete]
definitely_equal: Until["0.4.35", Concrete]
dimension_as_value: Until["0.4.35", Concrete]
do_subst_axis_names_jaxpr: Until["0.4.38", Concrete]
escaped_tracer_error: Until["0.6.0", Concrete]
extend_axis_env: Until["0.4.38", Concrete]
extend_axis_env_nd: Until["0.6.0", Concrete]
find_top_trace: Until["0.11.0", Concrete]
full_lower: Until["0.6.0", Concrete]
gensym: Until["0.11.0", Concrete]
get_opaque_trace_state: Since["0.4.35", Until["0.11.0", Concrete]]
get_referent: Until["0.6.0", Concrete]
jaxpr_uses_outfeed: Until["0.4.38", Concrete]
join_effects: Until["0.6.0", Concrete]
join_named_shapes: Until["0.4.35", Concrete]
lattice_join: Until["0.6.0", Concrete]
leaked_tracer_error: Until["0.6.0", Concrete]
literalable_types: Until["0.11.0", Concrete]
map_bind: Until["0.4.38", Concrete]
map_bind_with_continuation: Until["0.4.38", Concrete]
mapped_aval: Until["0.10.0", Concrete]
maybe_find_leaked_tracers: Until["0.6.0", Concrete]
new_base_main: Until["0.4.38", Concrete]
new_jaxpr_eqn: Until["0.11.0", Concrete]
new_main: Until["0.4.38", Concrete]
new_sublevel: Until["0.4.38", Concrete]
no_axis_name: Until["0.11.0", Concrete]
no_effects: Until["0.11.0", Concrete]
non_negative_dim: Until["0.4.38", Concrete]
outfeed_primitives: Until["0.4.38", Concrete]
pp_aval: Until["0.4.35", Concrete]
pp_eqn: Until["0.4.35", Concrete]
pp_eqn_rules: Until["0.4.35", Unknown]
pp_eqns: Until["0.4.35", Concrete]
pp_jaxpr: Until["0.4.35", Concrete]
pp_jaxpr_eqn_range: Until["0.4.35", Concrete]
pp_jaxpr_skeleton: Until["0.4.35", Concrete]
pp_jaxprs: Until["0.4.35", Concrete]
pp_kv_pair: Until["0.4.35", Concrete]
pp_kv_pairs: Until["0.4.35", Concrete]
pp_var: Until["0.4.35", Concrete]
pp_vars: Until["0.4.35", Concrete]
primitive_uses_outfeed: Until["0.4.38", Concrete]
process_env_traces_call: Until["0.4.38", Concrete]
process_env_traces_map: Until["0.4.38", Concrete]
pytype_aval_mappings: Unknown
raise_as_much_as_possible: Until["0.4.38", Concrete]
raise_to_shaped: Until["0.6.0", Concrete]
raise_to_shaped_mappings: Until["0.6.0", Unknown]
reset_trace_state: Until["0.6.0", Concrete]
set_current_trace: Since["0.4.38", Until["0.10.0", Concrete]]
stash_axis_env: Until["0.4.38", Concrete]
str_eqn_compact: Until["0.6.0", Concrete]
subst_axis_names: Until["0.4.38", Concrete]
subst_axis_names_eqn: Until["0.4.38", Concrete]
subst_axis_names_jaxpr: Until["0.4.38", Concrete]
subst_axis_names_var: Until["0.4.38", Concrete]
substitute_vars_in_output_ty: Until["0.6.0", Concrete]
symbolic_equal_dim: Until["0.4.35", Concrete]
take_current_trace: Since["0.4.38", Until["0.10.0", Concrete]]
thread_local_state: Until["0.4.38", Concrete]
trace_ctx: Since["0.4.38", Until["0.12.0", Concrete]]
traverse_jaxpr_params: Until["0.10.0", Concrete]
typecheck: Until["0.7.0", Concrete]
typecompat: Until["0.6.0", Concrete]
typematch: Until["0.7.0", Concrete]
unmapped_aval: Until["0.10.0", Concrete]
used_axis_names: Until["0.4.38", Concrete]
used_axis_names_jaxpr: Until["0.6.0", Concrete]
