"""A static argument is new on every pass of a loop.

## What it does
Finds a call of a jitted function in a loop that gives a static argument another value on each pass: the loop variable,
a number that the loop changes, or a function or object that is made in the loop.

## Why is this bad
JAX compiles a jitted function once for each value of its static arguments, and keeps it. A loop of a thousand steps
compiles a thousand times, each of which may take seconds, where a traced argument would compile once. Functions,
partials and instances of plain classes are equal only to themselves, so a new one never meets what is compiled already.

## Example

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("step",))
    def update(params, step):
        return params * (1 - 0.1 / (step + 1))

    params = jnp.ones(3)
    for step in range(100):
        params = update(params, step)

## JAX says

Nothing: the program runs, slowly. With `jax.config.update("jax_log_compiles", True)` each compilation is logged.

## Use instead

    import jax
    import jax.numpy as jnp

    @jax.jit
    def update(params, step):
        return params * (1 - 0.1 / (step + 1))

    params = jnp.ones(3)
    for step in range(100):
        params = update(params, step)

Where the value must be static, put the loop inside of a jitted function: it is unrolled there and compiles once. A
function that is made in the loop is better made once, before it.

## What it does not report
- Loops of at most four passes, as far as the constants of the file tell: `for axis in (0, 1)`, `range(3)`.
- Values that may come again: `step % 2`, `step // 10`, `step > 5`, `min(step, 3)`, what a list or a function gives.
- A call that few passes reach: under `if step == 0`, under a flag that the loop changes, before a `break` or `return`.
- A value that sets a size, in a loop of unknown length: the compiled program is another for each.
- Calls whose other arguments the loop gives another shape: each pass compiles anyway.
- A function that is made in the loop and holds something of the pass that is no array: it has to be another each time.
- Loops that may run inside jit, which unrolls them: functions under a decorator of unknown effect, methods of modules.
- Calls behind more than one function of the file.
"""

from __future__ import annotations

from jitlint.faults.compilations import CompilationFault, CompilationFaultKind

CODE = "JIT301"
NAME = "compiles each time"
RAISES: tuple[str, ...] = ()
FAULT = CompilationFaultKind.VALUE


def problem(fault: CompilationFault) -> str:
    """Say which argument is new on each pass."""
    new = f"a new {fault.made or ('string' if fault.text else 'value')}"
    via = f" (via {fault.via})" if fault.via else ""
    problem = f"{fault.subject!r} of {fault.function} is static, but gets {new} on each pass of a loop{via}"
    return f"{problem}: each one compiles"


def advice(fault: CompilationFault) -> str:
    """Return what to do instead."""
    if fault.text:
        return "keep the string out of the jitted function"
    return "make it once, before the loop" if fault.made else "let it be traced, or loop inside of jit"
