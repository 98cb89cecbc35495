"""A traced argument is a parameter that a JAX function needs as a number.

## What it does
Finds an argument of a jitted function that JAX would trace, but that a JAX function takes as a plain Python value:
`axis=`, `keepdims=`, `dtype`, `num_segments=`, `num_classes`, `length=` and `unroll=` of `lax.scan`, the `k` of
`lax.top_k` and `jnp.tril`, `ord=`. It also finds an argument that is passed on to a static argument of an inner
jitted function, or to the `nondiff_argnums` of a `jax.custom_vjp`.

## Why is this bad
Such a parameter decides which program JAX builds. A traced argument has no value while JAX traces the function, so
JAX cannot decide. The program fails at the first call.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def aggregate(messages, receivers, num_nodes):
        return jax.ops.segment_sum(messages, receivers, num_segments=num_nodes)

    aggregate(jnp.ones(3), jnp.array([0, 1, 1]), 2)

## JAX says

    ConcretizationTypeError: Abstract tracer value encountered where concrete value is expected:
        traced array with shape int32[]

That is JAX 0.10.2. The class depends on the function: `TracerBoolConversionError` for `lax.top_k`,
`TracerIntegerConversionError` for `jnp.concatenate`, `UnexpectedTracerError` for a `custom_vjp`, a `TypeError` for a
dtype. Where the function is jitted inside JAX, as `jnp.tril` and `jnp.linalg.norm` are, it is a `ValueError`:
"Non-hashable static arguments are not supported". JAX 0.4.30 could hash a tracer and failed later, often with
`TracerBoolConversionError`.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("num_nodes",))
    def aggregate(messages, receivers, num_nodes):
        return jax.ops.segment_sum(messages, receivers, num_segments=num_nodes)

    aggregate(jnp.ones(3), jnp.array([0, 1, 1]), 2)

## What it does not report
- Parameters that may be traced: the `k` of `jnp.eye(4, k=k)`, the shift of `jnp.roll`, the bounds of
  `lax.fori_loop`, the `ddof` of `jnp.var`.
- Sizes, as in `jnp.zeros(n)` and `jnp.tile(x, n)`: they are JIT101.
- The position of a `jax.custom_jvp` in `nondiff_argnums`: it may be traced.
- A value that a JAX operation made inside jit (JIT401): a static argument cannot help there.
- A default that no call in sight passes (JIT901).
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind
from jitlint.rules.advice import declare_static

CODE = "JIT106"
NAME = "concrete parameter"
RAISES = (
    "ConcretizationTypeError",
    "TracerArrayConversionError",
    "TracerBoolConversionError",
    "TracerIntegerConversionError",
    "TypeError",
    "UnexpectedTracerError",
    "ValueError",
)

advice = declare_static


def matches(flow: Flow) -> bool:
    """Whether a traced parameter reaches such a sink."""
    return flow.blame is Blame.PARAMETER and flow.sink.kind is SinkKind.CONCRETE
