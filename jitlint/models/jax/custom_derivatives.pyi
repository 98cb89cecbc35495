# Derivatives of one's own
custom_jvp = jax.custom_jvp
custom_vjp = jax.custom_vjp
custom_gradient = jax.custom_gradient
closure_convert = jax.closure_convert
def linear_call(fun: Body["residual_args", "linear_args"], fun_transpose: Changed["0.6.2", Body, Callback], residual_args: Array, linear_args: Array) -> Tree: ...
def custom_vjp_primal_tree_values(tree: Array) -> Derived: ...
def zero_from_primal(val: Array, symbolic_zeros: Static = False) -> Since["0.4.35", Unknown]: ...

# Classes and primitives
CustomVJPPrimal: Concrete
SymbolicZero: Concrete
custom_jvp_call_p: Concrete
custom_jvp_call_jaxpr_p: Until["0.8.0", Concrete]
custom_vjp_call_p: Concrete
custom_vjp_call_jaxpr_p: Until["0.6.2", Concrete]
remat_opt_p: Since["0.4.35", Concrete]
