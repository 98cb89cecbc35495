"""Sample calls of equinox."""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(3.0)


def double(x, n=2):
    return jnp.sum(x * 2)


class Sized(eqx.Module):
    """A module with a leaf and a static field."""

    size: int
    mode: str = eqx.field(static=True, default="same")


INSTANCES = {"Module": Sized(1)}

SAMPLES: Samples = {
    "filter_jit": [call(double), call(double, donate="none")],
    "filter_pmap": call(double),
    "filter_vmap": [call(double), call(double, in_axes=0)],
    "filter_checkpoint": call(double),
    "filter_grad": call(double),
    "filter_value_and_grad": call(double),
    "filter_jacfwd": call(double),
    "filter_jacrev": call(double),
    "filter_hessian": call(double),
    "filter_eval_shape": [call(double, X), call(double, x=X)],
    "filter_make_jaxpr": call(double),
    "is_array": call(X),
    "is_array_like": call(X),
    "is_inexact_array": call(X),
    "filter": call((X, 2), eqx.is_array),
    "partition": call((X, 2), eqx.is_array),
    "combine": call((X, None), (None, 2)),
    "apply_updates": call(X, X),
    "error_if": call(X, jnp.array(False), "negative"),
}
