"""A default that works, until a call passes the argument.

## What it does
Finds an argument of a jitted function that Python needs while tracing, has a default, and is passed by no call in
sight. It is off by default: switch it on with `--extend-select=JIT901`.

## Why is this bad
`jax.jit` does not trace a default that no call passes, so the function works today. The first call that passes the
argument fails.

## Example

    import json

    import jax
    import jax.numpy as jnp

    @jax.jit
    def pad(x, width=2):
        return jnp.concatenate([jnp.zeros(width), x])

    options = json.loads('{"width": 4}')
    pad(jnp.ones(3), **options)

## JAX says

    TypeError: Shapes must be 1D sequences of concrete values of integer type, got (JitTracer(~int32[]),).

The error is that of the rule which would speak if the argument were passed: JIT101 to JIT108.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("width",))
    def pad(x, width=2):
        return jnp.concatenate([jnp.zeros(width), x])

    pad(jnp.ones(3), 4)

## What it does not report
- A default that a call in the same file passes, or in another file of the project that imports the function: that is
  JIT101 to JIT108. The message names the call in the other file.
- A truth test of a parameter that is `True` or `False` by default: such a flag exists to be passed, so that is JIT103.
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow
from jitlint.rules.advice import declare_static

CODE = "JIT901"
NAME = "default"
RAISES = ("TypeError", "ConcretizationTypeError", "IndexError", "ValueError")

advice = declare_static


def matches(flow: Flow) -> bool:
    """Whether a parameter that only its default fills reaches a sink."""
    return flow.blame is Blame.DEFAULT
