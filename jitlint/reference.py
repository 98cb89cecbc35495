"""A reference function with an argument that must be static: the pattern that jitlint is about, done right.

The only module of jitlint that imports jax. `from jitlint import jit_with_static_n` loads it on access.
"""

from __future__ import annotations

from typing import SupportsFloat

try:
    import jax
    import jax.numpy as jnp
except ModuleNotFoundError as error:
    raise ImportError('jit_with_static_n needs jax: pip install "jitlint[jax]"') from error


def jit_with_static_n(x: jax.Array, n: SupportsFloat) -> jax.Array:
    """Tile the 1-D array `x` exactly `n` times along axis 0; the result has shape `(x.shape[0] * n,)`.

    `n` may be delivered as a float: `2.0` is cast to `2`. It is a Python or NumPy number or a 0-D JAX array; a bool
    counts as 0 or 1, as everywhere in Python. `n = 0` gives an empty array. The dtype of `x` is kept.

    Raises ValueError if `x` is not 1-D, or if `n` is negative, not integral or not finite.

    The value of `n` sets a shape, so under jit it must be static:

        tile = jax.jit(jit_with_static_n, static_argnames=["n"])

    JAX then traces once per distinct `n`. It tells static arguments apart by type and value: `2` and `2.0` are two
    traces. A static argument must be hashable, so a 0-D JAX array can be given only without jit. Plain
    `jax.jit(jit_with_static_n)` raises jax.errors.ConcretizationTypeError when called.
    """
    if jnp.ndim(x) != 1:
        raise ValueError(f"x must be a 1-D array, got shape {jnp.shape(x)}: {x!r}")
    if isinstance(n, (str, bytes)):  # float("2") would be quietly fine.
        raise TypeError(f"n must be a number, got {n!r}")
    copies = float(n)
    if copies < 0 or not copies.is_integer():  # Neither inf nor nan is an integer.
        raise ValueError(f"n must be a whole number of copies, not negative, got {n}")
    return jnp.tile(x, int(copies))
