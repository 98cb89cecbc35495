"""A traced argument is given to a NumPy function that needs the number.

## What it does
Finds an argument of a jitted function that JAX would trace, but that a NumPy function needs as a plain number:
`np.zeros(n)`, `np.arange(n)`, `np.linspace(0, 1, n)`, `np.full`, `np.eye`, `np.sqrt(n)`, `np.array([n, 1])`,
`np.random.RandomState(seed)`, or a store into a NumPy array.

## Why is this bad
NumPy computes at once, with real numbers. A traced argument has no value while JAX traces the function. The program
fails at the first call.

## Example

    import jax
    import jax.numpy as jnp
    import numpy as np

    @jax.jit
    def attention(query, key, head_dim):
        scale = 1.0 / np.sqrt(head_dim)
        return jax.nn.softmax(scale * query @ key.T)

    attention(jnp.eye(2), jnp.eye(2), 2)

## JAX says

    TracerArrayConversionError: The numpy.ndarray conversion method __array__() was called
        on traced array with shape int32[]

That is JAX 0.10.2. Shapes and counts, as in `np.zeros((n, 2))` or `np.linspace(0, 1, n)`, raise
`TracerIntegerConversionError`; `np.zeros(n)` is a `TypeError` of NumPy, `np.tri(n)` a `TracerBoolConversionError`, a
store into an array a `ValueError`. The classes depend on the version of NumPy too.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp
    import numpy as np

    @partial(jax.jit, static_argnames=("head_dim",))
    def attention(query, key, head_dim):
        scale = 1.0 / np.sqrt(head_dim)
        return jax.nn.softmax(scale * query @ key.T)

    attention(jnp.eye(2), jnp.eye(2), 2)

Where only the value is needed, no shape, the function of `jax.numpy` does it too: `jnp.sqrt(head_dim)` takes a traced
number. A shape must be static for `jax.numpy` as well (JIT101).

## What it does not report
- NumPy functions that call the array's own method and work: `np.sum`, `np.mean`, `np.max`, `np.reshape`,
  `np.transpose`, `np.shape`, `np.ndim`.
- Arithmetic with a NumPy array: `np.ones(3) * n` works.
- NumPy on static values: `np.prod(x.shape)`, `np.arange(x.shape[0])`.
- An argument that is an array, or a value that a JAX operation made (JIT404): it cannot be static.
- `np` where the file imports `jax.numpy as np`.
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind
from jitlint.rules.advice import declare_static

CODE = "JIT107"
NAME = "numpy"
RAISES = (
    "ConcretizationTypeError",
    "TracerArrayConversionError",
    "TracerBoolConversionError",
    "TracerIntegerConversionError",
    "TypeError",
    "ValueError",
)

advice = declare_static


def matches(flow: Flow) -> bool:
    """Whether a traced parameter reaches such a sink."""
    return flow.blame is Blame.PARAMETER and flow.sink.kind is SinkKind.NUMPY
