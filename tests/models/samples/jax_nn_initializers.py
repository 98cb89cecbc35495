"""Sample calls of jax.nn.initializers."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from tests.models.claims import Call, Samples, call
from tests.models.samples import names

KEY = jax.random.key(0)
F32 = jnp.float32


def _sharding() -> Any:
    """A sharding over one device that initializers take; None where JAX has no typed meshes yet."""
    if not hasattr(jax.sharding, "AxisType"):
        return None
    mesh = jax.make_mesh((1,), ("x",), axis_types=(jax.sharding.AxisType.Explicit,))
    return jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec())


SHARDING = _sharding()


def _made(*args: Any, **kwargs: Any) -> Call:
    """Makes an initializer and calls it."""
    return call(*args, **kwargs).then(lambda init: init(KEY, (3, 2, 2)))


SAMPLES: Samples = {
    **{
        name: [call(KEY, (2, 3), F32), call(KEY, 3), call(KEY, (3,), out_sharding=SHARDING).since("0.7.0")]
        for name in names("ones zeros")
    },
    **{name: [_made(2.0), _made(2.0, F32)] for name in names("constant normal uniform")},
    **{name: _made(2.0, -1, F32) for name in names("delta_orthogonal orthogonal")},
    **{
        name: [_made(-2, -1, (), F32), _made((-2,), (-1,), (0,)), _made(in_axis=-1, out_axis=-2, batch_axis=0)]
        for name in names(
            "glorot_normal glorot_uniform he_normal he_uniform kaiming_normal kaiming_uniform lecun_normal "
            "lecun_uniform xavier_normal xavier_uniform"
        )
    },
    "truncated_normal": _made(2.0, F32, -1.0, 1.0),
    "variance_scaling": [_made(2.0, "fan_in", "normal", -2, -1, 0, F32), _made(2.0, "fan_avg", "truncated_normal")],
}
FLOOR = 0.98
