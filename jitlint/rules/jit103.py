"""A traced argument decides a branch.

## What it does
Finds an argument of a jitted function that JAX would trace, but whose truth or order Python needs: in `if`,
`while`, `assert`, `and`, `or`, `not`, a ternary, `match`, the condition of a comprehension, `0 < n < 4`,
`n in (1, 2)`, `max`, `min` or `sorted`.

## Why is this bad
JAX traces a function once and records one path through it. A traced argument is neither true nor false, so Python
cannot choose the path.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def scale(x, flag):
        if flag:
            return x * 2
        return x

    scale(jnp.ones(3), True)

## JAX says

    TracerBoolConversionError: Attempted boolean conversion of traced array with shape bool[].

That is JAX 0.10.2. The class is a subclass of `ConcretizationTypeError`, the name that older texts use.

## Use instead
A flag belongs to the program, not to its data. Declare it static:

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("flag",))
    def scale(x, flag):
        if flag:
            return x * 2
        return x

    scale(jnp.ones(3), True)

Where the condition is data, leave it traced and let JAX choose, with `jnp.where`, `lax.cond` or `jnp.maximum`:

    import jax
    import jax.numpy as jnp

    @jax.jit
    def scale(x, flag):
        return jnp.where(flag, x * 2, x)

    scale(jnp.ones(3), True)

## What it does not report
- `n is None`, `isinstance(n, int)`, `callable(n)`, `"key" in options`: they do not ask for the value.
- The truth or length of a tuple, list or dict: it is known while tracing.
- A condition made from the elements of an array, as `if x.sum() > 0` (JIT403): an array cannot be static.
- A default that no call in sight passes (JIT901), unless the default is a bool and only its truth is tested.
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind
from jitlint.rules.advice import declare_static

CODE = "JIT103"
NAME = "branch"
RAISES = ("TracerBoolConversionError",)

advice = declare_static


def matches(flow: Flow) -> bool:
    """Whether a traced parameter reaches such a sink."""
    return flow.blame is Blame.PARAMETER and flow.sink.kind is SinkKind.BRANCH
