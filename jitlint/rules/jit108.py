"""A traced argument is no array: a string, a function, a class or a key.

## What it does
Finds an argument of a jitted function that JAX would trace, but that is no array, or that must be hashed:
- compared with a string (`mode == "mean"`), used as the key of a dict, a member of a set or a name for `getattr`;
- annotated `str` or `Literal`, or annotated `Callable` and called;
- given a string, function, class, module, dtype or range at a call in the file; a tuple, NamedTuple, or a list or dict
  that the call makes, with one of them in it; or an instance of a class of the project that is visibly no pytree: a
  plain class, a dataclass, an Enum;
- annotated with such a class, or with a class of a library whose instances jit refuses, and used as its instance: an
  attribute is read that arrays do not have, it is called, a member of an Enum is compared.

## Why is this bad
`jax.jit` traces numbers and arrays, and containers of them. It rejects anything else at the call. A number can be
traced, but a traced number cannot be hashed, so it is no key of a dict.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def loss(error, reduction):
        if reduction == "mean":
            return error.mean()
        return error.sum()

    loss(jnp.ones(3), "mean")

## JAX says

    TypeError: Error interpreting argument to <function loss at 0x7f0c5c1f8a40> as an abstract array. The
        problematic value is of type <class 'str'> and was passed to the function at path reduction.

That is JAX 0.10.2, and it is raised at the call: the line that the message cites is where the value is needed. A
number as a dict key fails at that line, with `TypeError: unhashable type: 'DynamicJaxprTracer'`. JAX 0.4.30 could hash
a tracer: it raises a `KeyError` there.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("reduction",))
    def loss(error, reduction):
        if reduction == "mean":
            return error.mean()
        return error.sum()

    loss(jnp.ones(3), "mean")

JAX compiles once for each string or function. A lambda that is made anew for each call compiles each time.

## What it does not report
- A parameter that is called, without an annotation or a call that proves what it is: it may be a pytree with
  `__call__`, as `jax.tree_util.Partial`.
- `Callable` parameters that are never called.
- `"cache" in variables`: a string looked up in a container is fine.
- `None`, `IntEnum` and `NamedTuple` values: jit accepts them, if it accepts the fields.
- A string in a list or a dict that was made before the call: it may be gone by then.
- What a call gives under `pytest.raises` or `jax.disable_jit()`.
- Instances of classes that something in the project may register, or that have a decorator or base of another package.
- An annotation with a class that is made to be derived from (a Protocol, an abstract class, `BaseModel`), or with a
  derived class that may be a pytree; or one that allows a pytree beside it.
- A default that no call in sight passes (JIT901).
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind
from jitlint.rules.advice import declare_static, for_instances

CODE = "JIT108"
NAME = "not an array"
RAISES = ("TypeError",)


def advice(flow: Flow) -> str:
    """Return the declaration; an instance of a class of the file has two ways out."""
    declare = declare_static(flow)
    return (
        declare
        if flow.cls is None or not flow.registrable
        else for_instances(declare, flow.cls.name, not flow.unhashable)
    )


def matches(flow: Flow) -> bool:
    """Whether a traced parameter reaches such a sink."""
    return flow.blame is Blame.PARAMETER and flow.sink.kind is SinkKind.OBJECT
