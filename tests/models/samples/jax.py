"""Sample calls of the functions of jax itself."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

X = jnp.arange(1.0, 4.0)


def square(x: jax.Array) -> jax.Array:
    """A function to transform."""
    return x * x


TRANSFORMS = names(
    "jit pmap named_call grad value_and_grad jacfwd jacrev jacobian hessian checkpoint remat custom_jvp custom_vjp vmap"
)

SAMPLES: Samples = {
    **{name: call(square) for name in TRANSFORMS},
    "eval_shape": [call(square, X), call(square, x=X)],
    "make_jaxpr": call(square),
    "closure_convert": call(square, X),
    "jvp": call(square, (X,), (X,)),
    "vjp": call(square, X),
    "linearize": call(square, X),
    "linear_transpose": call(lambda x: 2 * x, X),
    "custom_gradient": call(lambda x: (x, lambda g: g)),
    "pure_callback": call(square, jax.ShapeDtypeStruct((3,), jnp.float32), X),
    "device_put": [call(X), call(2.0)],
    "device_get": call(X),
    "block_until_ready": call(X),
    "typeof": call(X),
    "ShapeDtypeStruct": call((2, 3), jnp.float32),
    "named_scope": call("name"),
}
FLOOR = 0.8
