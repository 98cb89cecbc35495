"""Sample calls of jax.experimental."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call, call_for_needs

FLOAT = jax.ShapeDtypeStruct((), jnp.float32)


def identity(x: Any) -> Any:
    """A callback."""
    return x


SAMPLES: Samples = {
    "io_callback": [
        call(identity, FLOAT, 1.0),
        call(identity, FLOAT, x=1.0, ordered=True),
        call(identity, FLOAT, 1.0, sharding=jax.sharding.SingleDeviceSharding(jax.devices()[0])),
    ],
    "mutable_array": call(1.0),
    "saved_input_vjp": call(lambda x: x * 2.0, [True], 1.0),
    "si_vjp": call(lambda x: x * 2.0, [True], 1.0),
    "primal_tangent_dtype": [call(jnp.float32, jnp.bfloat16), call(jnp.ones(1), jnp.ones(1))],
    "enable_x64": call(True),
    "disable_x64": call(),
    "cur_qdd": call_for_needs(jnp.ones(1)),
}
FLOOR = 0.9
