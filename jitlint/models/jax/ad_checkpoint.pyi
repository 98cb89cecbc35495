# Rematerialization
def checkpoint_name(x: Array, name: Changed["0.7.0", Any, Key]) -> Tree["x"]: ...
def checkpoint_name_fwd(x: Array, name: Key) -> Since["0.12.0", Tree["x"]]: ...
def print_saved_residuals(f: Body["*args"], *args: Array, **kwargs: Array) -> Concrete: ...
checkpoint: Until["0.10.0"] = jax.checkpoint
remat: Until["0.10.0"] = jax.remat

# Policies
checkpoint_policies: Concrete
Offloadable: Concrete
Recompute: Concrete
Saveable: Concrete
name_p: Since["0.12.0", Concrete]
