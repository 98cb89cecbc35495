"""jit is applied anew each time.

## What it does
Finds `jax.jit` of a function that is made anew (a lambda, a local `def`, a `functools.partial`, a bound method, what
`jax.grad` or `jax.vmap` return) inside a loop that calls the result, or in a function that calls it at once and that
the file calls in a loop.

## Why is this bad
JAX keeps what it compiled by the function that is jitted. A function of the module is the same each time. One that is
made anew never meets what is compiled already, so that each pass compiles again.

## Example

    import jax
    import jax.numpy as jnp

    params = jnp.ones(3)
    for _ in range(10):
        params -= 0.1 * jax.jit(jax.grad(lambda p: (p**2).sum()))(params)

## JAX says

Nothing: the program runs, slowly. With `jax.config.update("jax_log_compiles", True)` each compilation is logged.

## Use instead

    import jax
    import jax.numpy as jnp

    params = jnp.ones(3)
    gradient = jax.jit(jax.grad(lambda p: (p**2).sum()))
    for _ in range(10):
        params -= 0.1 * gradient(params)

What the function closes over becomes an argument: `jax.jit(lambda p, x: loss(p, x))`.

## What it does not report
- A function of the module that is jitted in a loop: JAX keeps what it compiled.
- What is kept: stored in an attribute or container, returned, handed on, or used in another function.
- `jax.jit(f).lower(x).compile()`, which compiles on purpose.
- Loops of at most four passes, as far as the constants of the file tell, and sites that few passes reach.
- Calls whose arguments the loop gives another shape: each pass compiles anyway.
- A function that holds something of the pass that is neither an array nor a number that only meets arrays: it has to be
  another each time.
- Sites that may run inside jit, where nothing is compiled apart.
"""

from __future__ import annotations

from jitlint.faults.compilations import CompilationFault, CompilationFaultKind

CODE = "JIT302"
NAME = "jit each time"
RAISES: tuple[str, ...] = ()
FAULT = CompilationFaultKind.JIT

_WITH_ARTICLE = {"grad": "a gradient", "value_and_grad": "a gradient", "jacobian": "a Jacobian", "vmap": "a vmap"}


def problem(fault: CompilationFault) -> str:
    """Say what is jitted anew, and how often."""
    made = _WITH_ARTICLE.get(fault.made, f"a {fault.made}")
    when = f"each call of {fault.function}, which is called in a loop" if fault.function else "each pass of a loop"
    return f"{fault.site.wrapper} is applied to {made} that is made anew on {when}: each one compiles"


def advice(fault: CompilationFault) -> str:
    """Return where to apply it."""
    return f"apply it once, outside of {fault.function}" if fault.function else "apply it once, before the loop"
