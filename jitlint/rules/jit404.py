"""An array is converted to a Python number or a NumPy array inside jit.

## What it does
Finds conversions of an array, or of a value that a JAX operation made, inside a jitted function: `float(x.mean())`,
`int(jnp.argmax(x))`, `x.item()`, `x.tolist()`, `math.sqrt(jnp.sum(x))`, `f"{loss:.2f}"`, `np.asarray(x)` and other
NumPy functions that make a NumPy array of their argument.

## Why is this bad
A conversion needs the values, and there are none while JAX traces the function. Static arguments cannot help: an array
cannot be static.

## Example

    import math

    import jax
    import jax.numpy as jnp

    @jax.jit
    def normalize(x):
        rms = math.sqrt(jnp.mean(jnp.square(x)))
        return x / rms

    normalize(jnp.array([3.0, 4.0]))

## JAX says

    ConcretizationTypeError: Abstract tracer value encountered where concrete value is expected:
        traced array with shape float32[]

That is JAX 0.10.2; JAX 0.4.30 raises the same class. NumPy functions raise `TracerArrayConversionError`, a format
specification raises `TypeError: unsupported format string passed to DynamicJaxprTracer.__format__`.

## Use instead

    import jax
    import jax.numpy as jnp

    @jax.jit
    def normalize(x):
        rms = jnp.sqrt(jnp.mean(jnp.square(x)))
        return x / rms

    normalize(jnp.array([3.0, 4.0]))

- Leave the conversion out: a 0-D array works as a number, also as an index.
- `x.astype(float)` for the type; the functions of `jax.numpy` for those of `math` and NumPy.
- `jax.debug.print("loss {}", loss)` prints the value when the program runs.
- Return the array, and convert it outside of jit.

## What it does not report
- `int(x.shape[0])`, `float(len(x))`: they are numbers while tracing.
- `f"{x}"` and `str(x)`, without a format specification: they give the text of the tracer.
- `np.sum(x)`, `np.mean(x)`, `np.shape(x)` and others that call the array's own method, and `np.ones(3) * x`.
- `sum(x)`, `abs(x)`, `round(x)`: they use the array's own operators.
- Conversions of a plain argument that could be static (JIT104, JIT107).
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind

CODE = "JIT404"
NAME = "array conversion"
RAISES = ("ConcretizationTypeError", "TracerArrayConversionError", "TracerIntegerConversionError", "TypeError")

KINDS = (SinkKind.CONVERSION, SinkKind.NUMPY, SinkKind.OBJECT)


def matches(flow: Flow) -> bool:
    """Whether a value that no declaration can make static reaches such a sink."""
    return flow.blame is Blame.ARRAY and flow.sink.kind in KINDS


def advice(flow: Flow) -> str:
    """Return what to write instead."""
    return "keep it an array with jax.numpy, or convert it outside of jit"
