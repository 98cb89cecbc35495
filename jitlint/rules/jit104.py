"""A traced argument is converted to a Python number.

## What it does
Finds an argument of a jitted function that JAX would trace, but that is converted: by `int()`, `float()`,
`complex()`, a function of `math`, `operator.index()`, or a format with a spec, as `f"{n:.2f}"` and `"%d" % n`.

## Why is this bad
The result of these is a Python number or a string, made while JAX traces the function. A traced argument has no
value then, so there is nothing to convert.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def keep_largest(x, ratio):
        keep = int(ratio * x.shape[0])
        return jnp.where(x >= jnp.sort(x)[-keep], x, 0.0)

    keep_largest(jnp.array([3.0, 1.0, 2.0, 4.0]), 0.5)

## JAX says

    ConcretizationTypeError: Abstract tracer value encountered where concrete value is expected:
    traced array with shape float32[]

That is JAX 0.10.2, for `int`, `float` and most of `math`. Functions that need an integer, as `operator.index` and
`math.gcd`, raise `TracerIntegerConversionError`; formats raise a plain `TypeError`.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("ratio",))
    def keep_largest(x, ratio):
        keep = int(ratio * x.shape[0])
        return jnp.where(x >= jnp.sort(x)[-keep], x, 0.0)

    keep_largest(jnp.array([3.0, 1.0, 2.0, 4.0]), 0.5)

Often no conversion is needed. `jnp.sqrt(n)` takes what `math.sqrt(n)` does not, and `n.astype(int)` or
`jnp.asarray(n, int)` converts a traced value.

## What it does not report
- `f"{n}"` and `str(n)`: they show the tracer, and JAX does not raise.
- `round(n)`, `abs(n)`, `divmod(n, 2)`, `math.prod((n, 2))`: they work on traced values.
- Conversions of an array, as `float(x.mean())` (JIT404): an array cannot be static.
- A default that no call in sight passes (JIT901).
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind
from jitlint.rules.advice import declare_static

CODE = "JIT104"
NAME = "conversion"
RAISES = ("ConcretizationTypeError", "TracerIntegerConversionError", "TypeError")

advice = declare_static


def matches(flow: Flow) -> bool:
    """Whether a traced parameter reaches such a sink."""
    return flow.blame is Blame.PARAMETER and flow.sink.kind is SinkKind.CONVERSION
