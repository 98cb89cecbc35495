"""Floats: which functions certainly give one back, and which certainly refuse one as a size."""

from __future__ import annotations

COUNTING = frozenset(
    {
        *(
            f"jax.numpy.{name}"
            for name in (
                "broadcast_to",
                "diag_indices",
                "empty",
                "empty_like",
                "eye",
                "flatnonzero",
                "full",
                "full_like",
                "geomspace",
                "identity",
                "indices",
                "linspace",
                "logspace",
                "nonzero",
                "ones",
                "ones_like",
                "pad",
                "repeat",
                "reshape",
                "tri",
                "tril_indices",
                "triu_indices",
                "unique",
                "vander",
                "zeros",
                "zeros_like",
            )
        ),
        *(
            f"jax.lax.{name}"
            for name in (
                "broadcasted_iota",
                "dynamic_slice",
                "dynamic_slice_in_dim",
                "full",
                "full_like",
                "iota",
                "reshape",
                "slice_in_dim",
            )
        ),
        *(f"numpy.{name}" for name in ("empty", "eye", "full", "identity", "linspace", "ones", "zeros")),
        "jax.Array.reshape",
        "jax.Array.repeat",
        "jax.image.resize",
    }
)
"""Functions whose parameters of a size or shape refuse a float on every supported release of JAX.

Others round it (`jnp.arange`, `jnp.tile`, windows), or do not look at it. The shapes of `jax.random` are among them.
"""

MAKING_FLOATS = frozenset(
    {
        "builtins.float",
        *(
            f"math.{name}"
            for name in (
                "acos",
                "asin",
                "atan",
                "atan2",
                "cbrt",
                "copysign",
                "cos",
                "cosh",
                "degrees",
                "dist",
                "exp",
                "exp2",
                "expm1",
                "fabs",
                "fmod",
                "fsum",
                "hypot",
                "ldexp",
                "log",
                "log10",
                "log1p",
                "log2",
                "pow",
                "radians",
                "sin",
                "sinh",
                "sqrt",
                "tan",
                "tanh",
            )
        ),
    }
)
"""Functions of Python that give back a float, whatever number they are given."""

MAKING_FLOATS_OF_NUMBERS = frozenset(
    f"numpy.{name}"
    for name in (
        "cbrt",
        "cos",
        "divide",
        "exp",
        "exp2",
        "expm1",
        "hypot",
        "log",
        "log10",
        "log1p",
        "log2",
        "rint",
        "sin",
        "sqrt",
        "tan",
        "tanh",
        "true_divide",
    )
)
"""Functions of NumPy that give back a float, if they are given numbers and no arrays."""

ROUNDING_FLOATS = frozenset(f"numpy.{name}" for name in ("around", "ceil", "fix", "floor", "round", "trunc"))
"""Functions of NumPy that round a float, and give back a float all the same."""
