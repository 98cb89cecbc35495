"""What stands where in a tuple or list, after each way to build, cut, unpack and change one: JAX and jitlint agree.

Each row builds something with a traced number `n` in it; then come the places where n stands, and places where it does
not. jnp.zeros of the first raises, of the others it does not. x has the shape (3, 4), of which jitlint knows nothing.
"""

from __future__ import annotations

import ast

import jax
import jax.numpy as jnp
import pytest

from jitlint.checker import check
from jitlint.settings import Settings

ROWS: dict[str, tuple[str, str]] = {
    # built: where n stands; where it does not
    "s = x.shape + (n,)": ("s  s[-1]  s[-2:]  s[1:]  s[::-1]", "s[:-1]  s[:-2]  s[::-1][1:]"),
    "s = (n,) + x.shape": ("s  s[0]  s[:1]  s[:2]", "s[1:]  s[-1]"),
    "s = (*x.shape, n)": ("s  s[-1]", "s[:-1]  s[-2]"),
    "s = (n, *x.shape, 2)": ("s[0]  s[:-1]", "s[1:]  s[1:-1]  s[-1]"),
    "s = (2, *x.shape, n, 5)": ("s[-2]  s[1:]  s[1:-1]", "s[0]  s[-1]  s[1:-2]"),
    "s = x.shape[:-1] + (n,)": ("s  s[-1]", "s[:-1]"),
    "s = x.shape[:-1] + (n, n + 1)": ("s[-2]  s[-1]", "s[:-2]"),
    "s = x.shape[:-1] + (n,)\ns = s + (4,)": ("s[-2]", "s[-1]  s[:-2]"),
    "s = x.shape[:-1] + (n,)\ns = (4,) + s": ("s[-1]", "s[0]  s[:-1]"),
    "s = x.shape[:-1] + (n,)\ns = s[:-1] + (3,)": ("", "s"),
    "s = x.shape[:1] + (n,) + x.shape[1:]": ("s", "s[0]  s[-1]"),
    "s = (1,) * x.ndim + (n,)": ("s  s[-1]", "s[:-1]"),
    "s = (n,) * x.ndim": ("s  s[0]  s[-1]", ""),
    "s = [1] * x.ndim\ns[-1] = n": ("s  s[-1]", "s[:-1]"),
    "s = tuple(d for d in x.shape) + (n,)": ("s  s[-1]", "s[:-1]"),
    "s = tuple(reversed((*x.shape, n)))": ("s  s[0]", "s[1:]"),
    "b, *rest = x.shape\ns = (b, n, *rest)": ("s[1]  s[:2]", "s[0]  s[2:]"),
    "*rest, b = x.shape\ns = (*rest, n, b)": ("s[-2]", "s[-1]  s[:-2]"),
    "s = (2, n, 3)": ("s[1]  s[-2]  s[1:]  s[::-1]", "s[0]  s[2:]  s[::2]"),
    # unpacked
    "*a, b = x.shape + (n,)": ("b", "a"),
    "a, *b = (n,) + x.shape": ("a", "b"),
    "a, *b, c = (2, *x.shape, n)": ("c", "a  b"),
    "a, b, c = (n,) + x.shape": ("a", "(b, c)"),
    "a, b, c = *x.shape, n": ("c", "(a, b)"),
    "a, *b = (n, 2, 3)": ("a", "b"),
    "a, b = (x.shape[0], n)\na, b = b, a": ("a", "b"),
    # changed
    "s = list(x.shape)\ns.append(n)": ("s  s[-1]", "s[:-1]"),
    "s = list(x.shape)\ns += [n]": ("s  s[-1]", "s[:-1]"),
    "s = list(x.shape)\ns.extend([n, 2])": ("s[-2]", "s[-1]  s[:-2]"),
    "s = list(x.shape)\ns[-1] = n": ("s  s[-1]", "s[:-1]"),
    "s = list(x.shape)\ns[-2] = n": ("s[-2]", "s[-1]"),
    "s = list(x.shape)\ns[0] = n": ("s  s[0]", "s[1:]"),
    "s = list(x.shape)\ns[1] = n": ("s[1]", "s[0]"),
    "s = list(x.shape)\ns.insert(0, n)": ("s  s[0]", "s[1:]"),
    "s = list(x.shape)\ns.insert(1, n)": ("s[1]", "s[0]"),
    "s = list(x.shape)\ns.insert(-1, n)": ("s[-2]", "s[-1]"),
    "s = [n, *x.shape]\nk = s.pop(0)": ("k", "s"),
    "s = [*x.shape, n]\nk = s.pop()": ("k", "s"),
    "s = [*x.shape, n]\nk = s.pop(0)": ("s[-1]", "k"),
    "s = [2, n, 3]\nk = s.pop(1)": ("k", "s"),
    "s = [2, n, 3]\ns.pop(0)": ("s  s[0]", "s[1]"),
    "s = [2, n, 3]\ndel s[1]": ("", "s"),
    "s = [2, n, 3]\ndel s[0]": ("s  s[0]", "s[1]"),
    "s = [2, n, 3]\ndel s[1:]": ("", "s"),
    "s = [2, n, 3]\ndel s[-1]": ("s  s[-1]", "s[0]"),
    "s = [2, 3, n]\ns.reverse()": ("s[0]", "s[2]"),
    "s = [n, 3]\ns.clear()": ("", "s"),
    "s = [2, 3]\ns.insert(1, n)": ("s[1]", "s[0]  s[2]"),
    "s = [2, 3]\ns.insert(-1, n)": ("s[1]", "s[0]  s[2]"),
    "s = [2, 3]\ns.extend((n, 5))": ("s[2]", "s[:2]  s[3]"),
    "s = [n, 2]\ns[:1] = [3]": ("", "s"),
    "s = [3, 2]\ns[1:] = [n, 4]": ("s[1]", "s[0]  s[2]"),
    "s = [2, n]\na = s.pop()\nb = s.pop()": ("a", "b"),
    # dicts
    "d = {'a': n, 'b': 2}\nk = d.pop('a')": ("k", "tuple(d.values())"),
    "d = {'a': n, 'b': 2}\ndel d['a']": ("", "tuple(d.values())"),
    "d = {'a': 2}\nd.update(b=n)": ("d['b']", "d['a']"),
    "d = {'a': n}\nd.clear()\nd['b'] = 2": ("", "tuple(d.values())"),
    "d = dict(zip(('a', 'b'), (n, 2)))": ("d['a']", "d['b']"),
    "d = {k: v for k, v in (('a', n), ('b', 2))}": ("d['a']", "d['b']"),
    # handed over
    "def f(a, b, c):\n    return c, (a, b)\nk, s = f(*x.shape, n)": ("k", "s"),
    "def f(*dims):\n    return dims\ns = f(*x.shape, n)": ("s  s[-1]", "s[:-1]"),
    "def f(k, *dims):\n    return k, dims\nk, s = f(n, *x.shape)": ("k", "s"),
}
PROGRAM = """\
import jax
import jax.numpy as jnp


@jax.jit
def form(x, n):
{built}
    return jnp.zeros({place})
"""


def cases(side: int) -> list[tuple[str, str]]:
    return [(built, place) for built, row in ROWS.items() for place in row[side].split("  ") if place]


def raises_and_reported(built: str, place: str) -> tuple[bool, bool]:
    """Whether JAX raises where the place sets a shape, and whether jitlint says so."""
    indented = "".join(f"    {line}\n" for line in built.splitlines()).rstrip()
    source = PROGRAM.format(built=indented, place=place)
    names: dict[str, object] = {}
    exec(compile(source, "<place>", "exec"), names)  # noqa: S102  the programs of this file
    try:
        jax.eval_shape(names["form"], jnp.ones((3, 4)), 2)  # type: ignore[arg-type]
        raises = False
    except TypeError as error:
        raises = "Tracer" in str(error)
    return raises, bool(check(source.splitlines(keepends=True), ast.parse(source), Settings()))


@pytest.mark.parametrize(("built", "place"), cases(0))
def test_where_the_traced_number_stands(built: str, place: str) -> None:
    assert raises_and_reported(built, place) == (True, True)


@pytest.mark.parametrize(("built", "place"), cases(1))
def test_where_it_does_not_stand(built: str, place: str) -> None:
    assert raises_and_reported(built, place) == (False, False)
