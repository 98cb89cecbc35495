"""A traced argument counts a Python loop.

## What it does
Finds an argument of a jitted function that JAX would trace, but that Python needs as a count: in `range(n)`,
`[0] * n`, `"i" * n` or `enumerate(x, n)`.

## Why is this bad
Python runs a loop while JAX traces the function; the compiled program holds each pass, one after the other. The
number of passes must be known then, and a traced argument has no value.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def newton_sqrt(x, steps):
        guess = x
        for _ in range(steps):
            guess = (guess + x / guess) / 2
        return guess

    newton_sqrt(jnp.array([4.0, 9.0]), 5)

## JAX says

    TracerIntegerConversionError: The __index__() method was called on traced array with shape int32[]

That is JAX 0.10.2, for `range`. A list or tuple times a traced number is a plain `TypeError`.

## Use instead
Declare the count static. JAX then compiles once for each count, and the program grows with it:

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("steps",))
    def newton_sqrt(x, steps):
        guess = x
        for _ in range(steps):
            guess = (guess + x / guess) / 2
        return guess

    newton_sqrt(jnp.array([4.0, 9.0]), 5)

Where the count changes often, leave it traced and let `lax.fori_loop` run the loop:

    import jax
    import jax.numpy as jnp
    from jax import lax

    @jax.jit
    def newton_sqrt(x, steps):
        return lax.fori_loop(0, steps, lambda _, guess: (guess + x / guess) / 2, x)

    newton_sqrt(jnp.array([4.0, 9.0]), 5)

## What it does not report
- `lax.fori_loop(0, n, ...)`: its bounds may be traced.
- Loops over an argument itself, `for row in x` or `for w in weights`: the length of an array or a tuple is known.
- `range(x.shape[0])` and `range(len(x))`.
- A default that no call in sight passes (JIT901).
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind
from jitlint.rules.advice import declare_static

CODE = "JIT102"
NAME = "loop"
RAISES = ("TracerIntegerConversionError", "TypeError")

advice = declare_static


def matches(flow: Flow) -> bool:
    """Whether a traced parameter reaches such a sink."""
    return flow.blame is Blame.PARAMETER and flow.sink.kind is SinkKind.LOOP
