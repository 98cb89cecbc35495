"""Sample calls of jax.random."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from tests.models.claims import Call, Samples, call
from tests.models.samples import names

KEY = jax.random.key(0)
OLD = jax.random.PRNGKey(0)
P = jnp.array([0.2, 0.3])
C = jnp.eye(2)
F32 = jnp.float32
I32 = jnp.int32


def _sharding() -> Any:
    """A sharding over one device that the samplers take; None where JAX has no typed meshes yet."""
    if not hasattr(jax.sharding, "AxisType"):
        return None
    mesh = jax.make_mesh((1,), ("x",), axis_types=(jax.sharding.AxisType.Explicit,))
    return jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec())


SHARDING = _sharding()
KEY_TYPE = jax.random.key_dtype("threefry2x32") if hasattr(jax.random, "key_dtype") else None

# What the samplers take before and after the shape, and the release that brought `out_sharding`; "" where it has not.
SAMPLERS: dict[str, tuple[tuple[Any, ...], str]] = {
    **{name: ((), "0.6.0") for name in names("bits normal uniform")},
    **{name: ((), "0.10.1") for name in names("cauchy exponential laplace logistic rademacher")},
    **{name: ((0.5,), "0.10.1") for name in names("chisquare gamma loggamma lognormal pareto poisson rayleigh t wald")},
    **{name: ((0.5, 2.0), "0.10.1") for name in names("beta f")},
    "binomial": ((3.0, 0.5), ""),
    "double_sided_maxwell": ((0.0, 1.0), ""),
    "generalized_normal": ((2.0,), "0.10.2"),
    "geometric": ((0.5,), "0.10.2"),
    "gumbel": ((), "0.7.2"),
    "maxwell": ((), "0.10.2"),
    "triangular": ((0.0, 1.0, 2.0), "0.10.2"),
    "truncated_normal": ((-1.0, 1.0), "0.6.0"),
    "weibull_min": ((1.0, 2.0), ""),
}
DTYPES = {"bits": jnp.uint32, "geometric": I32, "poisson": I32, "rademacher": I32}


def _samples_of(name: str) -> list[Call]:
    before, sharded = SAMPLERS[name]
    dtype = DTYPES.get(name, F32)
    found = [call(KEY, *before, (2,)), call(KEY, *before, (2, 3), dtype), call(KEY, *before, shape=(), dtype=dtype)]
    if sharded:
        found.append(call(KEY, *before, (2,), out_sharding=SHARDING).since(sharded))
    return found


def _sharded(release: str, *args: Any) -> Call:
    return call(*args, out_sharding=SHARDING).since(release)


METHOD = [call(KEY, 0.5, (2,), method="exact").since("0.12.0")]

SAMPLES: Samples = {
    "key": [call(0), call(0, impl="rbg"), call(0, dtype=KEY_TYPE).since("0.10.1")],
    "PRNGKey": [call(0), call(0, impl="rbg")],
    "split": [call(KEY), call(KEY, 3), call(KEY, num=3), call(OLD, (2, 3))],
    "fold_in": call(KEY, 3),
    "clone": call(KEY),
    "key_data": call(KEY),
    "wrap_key_data": [call(OLD), call(OLD, impl="threefry2x32"), call(OLD, dtype=KEY_TYPE).since("0.10.1")],
    "key_impl": call(KEY),
    "key_dtype": [call(), call("rbg")],
    **{name: _samples_of(name) for name in SAMPLERS},
    **{name: [*_samples_of(name), *METHOD] for name in names("chisquare gamma loggamma poisson")},
    "beta": [*_samples_of("beta"), call(KEY, P, P), call(KEY, P, P, method="exact").since("0.12.0")],
    "uniform": [*_samples_of("uniform"), call(KEY, (2,), F32, 0.0, 2.0), call(KEY, (2,), minval=P, maxval=P + 1)],
    "gumbel": [*_samples_of("gumbel"), call(KEY, (2,), mode="high").since("0.6.0")],
    "randint": [call(KEY, (2,), 0, 5, I32), _sharded("0.6.0", KEY, (2,), 0, 5)],
    "ball": [call(KEY, 3, 2, (4,), F32), _sharded("0.10.1", KEY, 3)],
    "orthogonal": [call(KEY, 3, (2,), F32), call(KEY, 3, m=2).since("0.6.0"), _sharded("0.10.1", KEY, 3)],
    "bernoulli": [
        *[call(KEY), call(KEY, 0.5, (2,)), call(KEY, P), call(KEY, 0.5, (2,), "high").since("0.6.1")],
        _sharded("0.8.3", KEY, 0.5, (2,)),
    ],
    "categorical": [
        *[call(KEY, P), call(KEY, C, 0), call(KEY, P, shape=(3,)), call(KEY, P, mode="high").since("0.6.2")],
        *[call(KEY, P, shape=(2,), replace=False).since("0.5.3"), _sharded("0.10.1", KEY, P)],
    ],
    "dirichlet": [call(KEY, P), call(KEY, P, (3,), F32), _sharded("0.10.1", KEY, P)],
    "multinomial": [call(KEY, 5.0, P), call(KEY, 5.0, P, shape=(2,), dtype=F32, unroll=1)],
    "multivariate_normal": [
        *[call(KEY, P, C), call(KEY, P, C, (3,), F32, "eigh"), _sharded("0.10.1", KEY, P, C)],
    ],
    "choice": [
        *[call(KEY, 5, (2,)), call(KEY, P, (2,), True), call(KEY, P, p=P), call(KEY, C, axis=0)],
        call(KEY, P, (1,), replace=False, p=P, mode="high").since("0.6.2"),
    ],
    "permutation": [
        *[call(KEY, 5), call(KEY, C, 1, True), call(KEY, C, axis=0, independent=True), _sharded("0.6.0", KEY, C)],
    ],
    "shuffle": call(KEY, C, 1),
}
FLOOR = 0.98
