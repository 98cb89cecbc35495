"""Sample calls of jax.experimental.ode."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

SAMPLES: Samples = {
    "odeint": call(
        lambda y, t, a: -a * y, jnp.ones(3), jnp.linspace(0.0, 1.0, 4), 2.0, rtol=1e-3, atol=1e-3, mxstep=9, hmax=1.0
    ),
}
FLOOR = 0.98
