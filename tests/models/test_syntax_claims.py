"""What each form of Python's syntax does with a traced value, run under JAX and put before jitlint.

This is the table of the engine, form by form: which are sinks, which give a traced result and which a static one.
Each form is the body of a jitted function of an array `x`, a number `n`, a tuple `p` of numbers and a dict `d` of
them, all traced. jitlint must report something exactly where JAX raises.
"""

from __future__ import annotations

import ast
import enum
import textwrap
from typing import Any

import jax
import pytest

from jitlint.checker import check
from jitlint.finding import Finding
from jitlint.settings import Settings
from tests.fixtures_harness import error_classes

HEADER = """\
import enum
import functools
import math
import operator
from contextlib import nullcontext, suppress
from functools import partial, reduce

import jax
import jax.numpy as jnp
import numpy as np

SIZE = 2
SIZES = [2, 3]
TABLE = {1: "one", 2: "two"}
KNOWN = jnp.arange(3)


def keep(value):
    return value


def size_of(value, default=3):
    return value if default is None else default


class Point:
    def __init__(self, size):
        self.size = size

    def grow(self):
        return self.size + 1
"""
FORM = """

@jax.jit
def form(x, n, p, d):
{body}
    return x


def example():
    return form(jnp.ones(3), 2, (2, 3), {{"a": 2}})
"""


class Verdict(enum.Enum):
    """What a form does with what is traced."""

    SINK = "needs the value: JAX raises"
    TRACED = "gives a traced result"
    STATIC = "gives a result that is not traced"
    FINE = "gives nothing, or a container, and does not raise"


SINK, TRACED, STATIC, FINE = Verdict
PROBE = "if result:\n    pass"
"""What needs the value of a result."""


def program(body: str) -> str:
    """A module with the form in a jitted function."""
    return HEADER + FORM.format(body=textwrap.indent(textwrap.dedent(body).strip("\n"), "    "))


def jax_error(source: str) -> Exception | None:
    """What JAX raises when the module's example runs."""
    names: dict[str, Any] = {}
    exec(compile(source, "<form>", "exec"), names)  # noqa: S102  the programs of this file
    try:
        names["example"]()
    except Exception as error:  # noqa: BLE001  whatever it raises is the answer
        return error
    return None


def findings(source: str) -> list[Finding]:
    """What jitlint reports."""
    return check(source.splitlines(keepends=True), ast.parse(source), Settings(strict=True))


def agree(source: str, raises: bool) -> None:
    """JAX raises or not, jitlint says the same, and the error is one that the rule names."""
    error = jax_error(source)
    assert bool(error) is raises, f"JAX raises {error!r}"
    found = findings(source)
    assert bool(found) is raises, f"JAX raises {error!r}, and jitlint says {found}"
    if found:
        expected = {name for finding in found for name in error_classes(finding.code)}
        assert expected & {cls.__name__ for cls in type(error).__mro__}, f"{found} for {error!r}"


def sink(reason: str, body: str) -> Any:
    """A form that needs the value."""
    return pytest.param(SINK, body, id=f"sink: {reason}")


def hashing(reason: str, body: str) -> Any:
    """A form that hashes the value. Before JAX 0.4.36 a tracer could be hashed."""
    old = pytest.mark.skipif(jax.__version_info__ < (0, 4, 36), reason="a tracer can be hashed")
    return pytest.param(SINK, body, id=f"sink: {reason}", marks=old)


def unseen(form: Any, why: str) -> Any:
    """A form in which jitlint is known to differ from JAX."""
    return pytest.param(*form.values, id=form.id, marks=pytest.mark.xfail(strict=True, reason=why))


def traced(reason: str, body: str) -> Any:
    """A form whose `result` is traced."""
    return pytest.param(TRACED, body, id=f"traced: {reason}")


def static(reason: str, body: str) -> Any:
    """A form whose `result` is not traced."""
    return pytest.param(STATIC, body, id=f"static: {reason}")


def fine(reason: str, body: str) -> Any:
    """A form that JAX has nothing against."""
    return pytest.param(FINE, body, id=f"fine: {reason}")


VALUES = [
    fine("global", "global SIZE\nSIZE = 2\nresult = jnp.zeros(SIZE)"),
    traced("a class made inside", "class Inner:\n    size = n\nresult = Inner.size"),
    unseen(
        traced(
            "recursion to a known depth",
            "def down(k, v):\n    return v if k == 0 else down(k - 1, v)\nresult = down(2, n)",
        ),
        "recursion is unknown",
    ),
    sink("a helper of the file", "def needs(k):\n    return jnp.zeros(k)\nneeds(n + 1)"),
    traced("yield", "def items():\n    yield n\nresult = list(items())[0]"),
    traced("a parameter", "result = n"),
    traced("an element of a tuple parameter", "result = p[0]"),
    traced("an element of a dict parameter", "result = d['a']"),
    static("a literal", "result = 2"),
    static("a global constant", "result = SIZE"),
    static("an element of a global list", "result = SIZES[0]"),
    static("a global table at a known key", "result = TABLE[1]"),
    static("a concrete array of the module, until an operation touches it", "result = KNOWN is not None"),
    sink("an operation on a concrete array of the module is staged", "if KNOWN.sum() > 1:\n    pass"),
    sink("the result of a JAX operation, even of static numbers", "if jnp.maximum(1, 2):\n    pass"),
    sink("the result of an inner jitted function", "result = jnp.zeros(jax.jit(lambda v: v + 1)(1))"),
    static(
        "not under ensure_compile_time_eval", "with jax.ensure_compile_time_eval():\n    result = jnp.maximum(1, 2)"
    ),
    sink(
        "ensure_compile_time_eval does not rescue a parameter",
        "with jax.ensure_compile_time_eval():\n    if jnp.maximum(n, 2):\n        pass",
    ),
    traced("a captured parameter", "def inner():\n    return n\nresult = inner()"),
    sink("a nested function that is called", "def inner():\n    if n:\n        pass\ninner()"),
    fine("a nested function that is not called", "def inner():\n    if n:\n        pass"),
    traced("a default of a lambda", "get = lambda value=n: value\nresult = get()"),
    static("a parameter of a lambda that shadows the traced one", "get = lambda n: n\nresult = get(1)"),
    traced("a default of a nested function", "def get(value=n):\n    return value\nresult = get()"),
    sink("a default of a nested function, evaluated at the def", "def get(value=range(n)):\n    return value"),
    static("reassignment ends it", "n = 1\nresult = n"),
    traced("an assignment from both branches", "result = 1\nif x.ndim == 1:\n    result = n"),
    traced("nonlocal", "result = 1\ndef change():\n    nonlocal result\n    result = n\nchange()"),
]

ARITHMETIC = [
    *(traced(f"n {op} 2", f"result = n {op} 2") for op in ("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|")),
    *(traced(f"2 {op} n", f"result = 2 {op} n") for op in ("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "^")),
    *(traced(f"{op}n", f"result = {op}n") for op in ("-", "+", "~")),
    traced("@", "result = x @ x"),
    traced("augmented assignment", "result = 1\nresult += n"),
    traced("a comparison", "result = n < 3"),
    traced("two comparisons joined by &", "result = (n < 3) & (n > 1)"),
    traced("==", "result = n == 2"),
    traced("!=", "result = n != 2"),
    static("== of a string is quietly False", "result = n == 'text'"),
    traced("walrus", "(result := n)"),
    traced("divmod", "result = divmod(n, 2)[0]"),
    traced("abs", "result = abs(n)"),
    traced("round", "result = round(n)"),
    traced("pow", "result = pow(n, 2)"),
    traced("sum of a display", "result = sum((n, 2))"),
    traced("math.prod of a display", "result = math.prod((n, 2))"),
    traced("operator.add", "result = operator.add(n, 2)"),
    traced("reduce", "result = reduce(operator.mul, (n, 2))"),
]

SEQUENCES = [
    sink("list * n", "result = [0] * n"),
    sink("n * list", "result = n * [0]"),
    sink("tuple * n", "result = (0,) * n"),
    sink("str * n", "result = '-' * n"),
    sink("list *= n", "result = [0]\nresult *= n"),
    fine("list + list", "result = [n] + [1]"),
    traced("an element of list + list", "result = ([n] + [1])[0]"),
    static("the length of list + list", "result = len([n] + [1])"),
    sink("a slice to n", "result = x[:n]"),
    sink("a slice from n", "result = x[n:]"),
    sink("a slice with a step", "result = x[::n]"),
    sink("a slice between traced bounds, though its length is known", "result = x[n : n + 1]"),
    sink("a slice of a list", "result = SIZES[:n]"),
    sink("a slice in several dimensions", "result = x[None, :n]"),
    sink("a slice made by slice()", "result = x[slice(n)]"),
    traced("x[n]", "result = x[n]"),
    traced("x[n, None]", "result = x[n, None]"),
    traced("x[-1]", "result = x[-1]"),
    traced("an array of the module at n", "result = KNOWN[n]"),
    sink("an index into a list", "result = SIZES[n - 1]"),
    sink("an index into a tuple", "result = (1, 2, 3)[n]"),
    sink("an index into a string", "result = 'abc'[n]"),
    sink("an index into x.shape", "result = x.shape[n - 2]"),
    sink("an index into a tuple parameter", "result = p[n - 1]"),
    sink("an index into range", "result = range(5)[n]"),
    sink("an item assignment to a list", "sizes = [1, 2, 3]\nsizes[n] = 4"),
    sink("an item deletion from a list", "sizes = [1, 2, 3]\ndel sizes[n]"),
    fine("a traced item put into a list", "sizes = [1, 2]\nsizes[0] = n"),
    traced("a traced item put into a list, taken out", "sizes = [1, 2]\nsizes[0] = n\nresult = sizes[0]"),
    static("the other items of that list", "sizes = [1, 2]\nsizes[0] = n\nresult = sizes[1]"),
    sink("an index into a NumPy array", "result = np.arange(3)[n]"),
    sink("a traced item put into a NumPy array", "table = np.zeros(3)\ntable[0] = n"),
    traced(".at[n].set()", "result = x.at[n].set(0.0).sum()"),
    sink(".at[:n]", "result = x.at[:n].set(0.0)"),
    sink("a mask of unknown size", "result = x[x > 0]"),
    fine("a mask that is replaced", "result = jnp.where(x > 0, x, 0)"),
]

CONTAINERS = [
    fine("a tuple display", "result = (n, 1)"),
    static("the truth of a list display", "result = bool([n])"),
    static("its length", "result = len((n, 1))"),
    static("the other element of a display", "result = (n, 1)[1]"),
    traced("an element of a display", "result = (n, 1)[0]"),
    traced("an element of a nested display", "result = ((n, 1), 2)[0][0]"),
    traced("a value of a dict display", "result = {'n': n}['n']"),
    static("another value of a dict display", "result = {'n': n, 'm': 1}['m']"),
    hashing("a dict key", "result = {n: 1}"),
    hashing("a set element", "result = {n}"),
    hashing("a key to look up", "result = TABLE[n]"),
    hashing("a key for get", "result = TABLE.get(n)"),
    hashing("a key to assign", "table = {}\ntable[n] = 1"),
    static("the length of a tuple parameter", "result = len(p)"),
    static("the truth of a tuple parameter", "result = bool(len(p))"),
    static("a key in a dict parameter", "result = 'a' in d"),
    traced("the values of a dict parameter", "result = sum(d.values())"),
    static("the keys of a dict parameter", "result = list(d)[0]"),
    traced("the items of a dict parameter", "for key, result in d.items():\n    pass"),
    traced("a starred display", "result = [*p, 1][0]"),
    traced("a dict unpacked into a display", "result = {**d}['a']"),
    traced("a dict merged with another", "result = ({'b': 1} | d)['a']"),
    fine("a traced value in a f-string's container", "result = f'{[n]}'"),
    sink("the order of a list of tracers", "result = sorted([n, 1])"),
    sink("list.sort", "sizes = [n, 1]\nsizes.sort()"),
    sink("list.count", "result = [1, 2].count(n)"),
    sink("list.index", "result = [1, 2].index(n)"),
    sink("list.remove", "[1, 2].remove(n)"),
    sink("list.pop at n", "[1, 2, 3].pop(n)"),
    fine("list.append", "sizes = []\nsizes.append(n)"),
    traced("what was appended", "sizes = []\nsizes.append(n)\nresult = sizes[0]"),
    traced("what was extended by", "sizes = []\nsizes.extend(p)\nresult = sizes[0]"),
    sink("the order of two tuples", "result = (n, 2) < (3, 2)"),
    sink("the equality of two tuples", "result = (n, 2) == (3, 2)"),
]

TEXT = [
    fine("f-string without a specification", "result = f'{n}'"),
    static("the truth of a f-string", "result = f'{n}'"),
    sink("f-string with a specification", "result = f'{n:.2f}'"),
    sink("f-string with a width", "result = f'{n:>10}'"),
    fine("f-string with !r and a width", "result = f'{n!r:>10}'"),
    fine("f-string with =", "result = f'{n=}'"),
    unseen(
        sink("a traced width", "result = f'{1:{n}}'"),
        "a value inside a format specification is not read",
    ),
    fine("str", "result = str(n)"),
    fine("repr", "result = repr(n)"),
    fine("str.format without a specification", "result = '{}'.format(n)"),
    sink("str.format with a specification", "result = '{:d}'.format(n)"),
    sink("str.format with a named field", "result = '{size:.1f}'.format(size=n)"),
    sink("format with a specification", "result = format(n, 'd')"),
    fine("format without a specification", "result = format(n)"),
    fine("%s", "result = '%s' % n"),
    fine("%r of a tuple", "result = '%r %s' % (n, 1)"),
    sink("%d", "result = '%d' % n"),
    sink("%f of a tuple", "result = '%s %.2f' % (1, n)"),
    fine("print", "print(n, end='')"),
    sink("a text joined by its length", "result = 'a'.ljust(n)"),
]

BRANCHES = [
    fine("a comparison of shapes", "if x.shape == (3,):\n    pass"),
    sink("if with a walrus", "if (m := n):\n    pass"),
    traced("what a walrus keeps", "[(result := v) for v in p]"),
    sink("is True does not ask, the and does", "result = n is not True and n and 1"),
    static("is", "result = n is x"),
    sink("if", "if n:\n    pass"),
    sink("if of a comparison", "if n > 1:\n    pass"),
    sink("elif", "if x.ndim == 0:\n    pass\nelif n:\n    pass"),
    sink("while", "while n > 3:\n    pass"),
    sink("assert", "assert n"),
    sink("assert of a comparison", "assert n > 1, 'too small'"),
    fine("a traced message of an assert", "assert x.ndim == 1, n"),
    sink("not", "result = not n"),
    sink("and", "result = n and 1"),
    sink("or", "result = n or 1"),
    traced("the last operand of and", "result = x.ndim and n"),
    static("and that stops before", "result = False and n"),
    sink("a comparison chain", "result = 0 < n < 4"),
    traced("a comparison of two", "result = 0 < n"),
    sink("a ternary's test", "result = 1 if n else 2"),
    traced("a ternary's values", "result = n if x.ndim else 2"),
    static("a ternary's other value", "result = 2 if True else n"),
    sink("in a tuple", "result = n in (1, 2)"),
    sink("not in a tuple", "result = n not in (1, 2)"),
    sink("a number in a tuple parameter", "result = 2 in p"),
    sink("in a range", "result = n in range(3)"),
    hashing("in a set", "result = n in {1, 2}"),
    unseen(
        sink("in an array", "if n in x:\n    pass"),
        "membership in a parameter is not read",
    ),
    static("is None", "result = n is None"),
    static("is not None", "result = n is not None"),
    fine("a branch behind is None", "if n is None:\n    n = 1\nelse:\n    n = n + 1"),
    static("isinstance", "result = isinstance(n, int)"),
    fine("behind isinstance(n, int), which is False", "if isinstance(n, int):\n    range(n)"),
    sink("behind not isinstance(n, int)", "if not isinstance(n, int):\n    range(n)"),
    fine("behind type(n) is int", "if type(n) is int:\n    range(n)"),
    fine("behind not isinstance(n, Tracer)", "if not isinstance(n, jax.core.Tracer):\n    range(n)"),
    static("callable", "result = callable(n)"),
    static("hasattr", "result = hasattr(n, 'shape')"),
    static("id", "result = id(n)"),
    sink("max", "result = max(n, 1)"),
    sink("min of a tuple parameter", "result = min(p)"),
    fine("max of one", "result = max([n])"),
    sink("any", "result = any([n])"),
    sink("all", "result = all((n, 1))"),
    fine("if x.ndim", "if x.ndim:\n    pass"),
    fine("if len(x)", "if len(x):\n    pass"),
    fine("behind if False", "if False:\n    range(n)"),
    fine("after return", "return x\nrange(n)"),
    fine("after raise, in a branch not taken", "if x.ndim == 0:\n    raise ValueError\n    range(n)"),
    sink("match on a number", "match n:\n    case 1:\n        pass\n    case _:\n        pass"),
    sink("match on a tuple with a number", "match (n, 1):\n    case (2, size):\n        pass"),
    fine("match that binds", "match n:\n    case size:\n        pass"),
    traced("what match binds", "match n:\n    case result:\n        pass"),
    traced("what match binds in a sequence", "match (n, 1):\n    case (result, _):\n        pass"),
    sink("a guard of match", "match x.ndim:\n    case 1 if n:\n        pass"),
    fine("match on a class", "match n:\n    case int():\n        range(n)\n    case _:\n        pass"),
    fine("match on a mapping's keys", "match d:\n    case {'a': size}:\n        pass"),
    sink("match on a mapping's value", "match d:\n    case {'a': 2}:\n        pass"),
    fine("match on None", "match n:\n    case None:\n        pass\n    case _:\n        pass"),
]

LOOPS = [
    fine("while over a static number", "k = 3\nwhile k:\n    k -= 1"),
    sink("continue on a condition", "for v in p:\n    if v:\n        continue"),
    traced("reversed", "result = list(reversed(p))[0]"),
    static("len of zip", "result = len(list(zip(p, p)))"),
    fine("for over an array", "for row in x:\n    pass"),
    traced("what a loop takes out of an array", "for result in x:\n    pass"),
    traced("what a loop takes out of a tuple", "for result in p:\n    pass"),
    traced("what a loop takes out of a display", "for result in (n, n):\n    pass"),
    static("what a loop takes out of a dict", "for result in d:\n    pass"),
    sink("range(n)", "for i in range(n):\n    pass"),
    sink("range between", "for i in range(1, n):\n    pass"),
    sink("range with a step", "for i in range(0, 4, n):\n    pass"),
    static("what range takes out", "for result in range(1, 3):\n    pass"),
    fine("for over the length of an array", "for i in range(len(x)):\n    x = x + i"),
    fine("for over x.shape", "for size in x.shape:\n    jnp.zeros(size)"),
    fine("enumerate", "for i, row in enumerate(x):\n    jnp.zeros(i)"),
    sink("the row of enumerate", "for i, row in enumerate(x):\n    range(int(row))"),
    sink("enumerate from n", "for i, row in enumerate(x, n):\n    pass"),
    traced("zip", "for size, result in zip(SIZES, p):\n    pass"),
    static("zip, the other column", "for result, size in zip(SIZES, p):\n    pass"),
    traced("map", "result = list(map(lambda v: v + n, SIZES))[0]"),
    sink("map of a function that needs the value", "result = list(map(lambda v: int(v), p))"),
    sink("filter", "result = list(filter(lambda v: v > 1, p))"),
    traced("a value carried by a loop", "result = 1\nfor i in range(3):\n    result = result + n"),
    sink("a condition inside a loop", "for i in range(3):\n    if n:\n        break"),
    fine("else of a loop", "for i in range(3):\n    pass\nelse:\n    x = x + n"),
    sink("a comprehension's condition", "result = [v for v in p if v]"),
    sink("a comprehension's range", "result = [i for i in range(n)]"),
    sink("a comprehension's element", "result = [range(v) for v in p]"),
    traced("an element of a comprehension", "result = [v + 1 for v in p][0]"),
    static("the length of a comprehension", "result = len([v + 1 for v in p])"),
    traced("a generator", "result = sum(v for v in p)"),
    unseen(
        fine("a generator that nobody runs", "result = (range(v) for v in p)"),
        "a generator counts as run",
    ),
    hashing("a set comprehension", "result = {v for v in p}"),
    hashing("the keys of a dict comprehension", "result = {v: 1 for v in p}"),
    fine("the values of a dict comprehension", "result = {i: v for i, v in enumerate(p)}"),
    fine("a comprehension over x.shape", "result = jnp.zeros([size + 1 for size in x.shape])"),
    static("a comprehension's variable shadows", "result = [n for n in SIZES][0]"),
]

UNPACKING = [
    traced("a tuple parameter", "result, other = p"),
    traced("an array", "result, *rest = x"),
    traced("a display", "result, other = n, 1"),
    static("the other part of a display", "other, result = n, 1"),
    traced("a starred part", "first, *rest = (1, n, 2)\nresult = rest[0]"),
    static("what is before a starred part", "result, *rest = (1, n, 2)"),
    static("x.shape", "result, = x.shape"),
    traced("nested", "(result, other), last = (n, 1), 2"),
    traced("swapped", "result, other = 1, n\nresult, other = other, result"),
    traced("starred arguments", "result = keep(*(n,))"),
    traced("keyword arguments", "result = keep(**{'value': n})"),
    sink("starred arguments of range", "result = range(*p)"),
    sink("a shape with a starred part", "result = jnp.zeros((*p, 1))"),
]

SANITIZERS = [
    *(static(f"x.{name}", f"result = x.{name}") for name in ("shape", "ndim", "size", "dtype", "aval")),
    static("an element of x.shape", "result = x.shape[0]"),
    static("len(x)", "result = len(x)"),
    *(static(f"jnp.{name}(x)", f"result = jnp.{name}(x)") for name in ("shape", "ndim", "size", "result_type")),
    *(static(f"np.{name}(x)", f"result = np.{name}(x)") for name in ("shape", "ndim", "size")),
    static("type(x)", "result = type(x)"),
    traced("x.T", "result = x.T[0]"),
    traced("x.sum()", "result = x.sum()"),
    traced("x.real", "result = x.real[0]"),
    traced("np.sum(x)", "result = np.sum(x)"),
    sink("np.sum of a display", "result = np.sum((n, 1))"),
    sink("np.sin(n)", "result = np.sin(n)"),
    sink("np.zeros(n)", "result = np.zeros(n)"),
    sink("np.asarray(x)", "result = np.asarray(x)"),
    sink("np.add.reduce(x)", "result = np.add.reduce(x)"),
    sink("a generator of NumPy", "result = np.random.default_rng(0).normal(size=n)"),
    static("NumPy with static arguments", "result = np.prod(x.shape)"),
    sink("int", "result = int(n)"),
    sink("float", "result = float(n)"),
    sink("complex", "result = complex(n)"),
    sink("bool", "result = bool(n)"),
    sink("operator.index", "result = operator.index(n)"),
    sink("x.item()", "result = x[0].item()"),
    sink("x.tolist()", "result = x.tolist()"),
    sink("math.sqrt", "result = math.sqrt(n)"),
    hashing("hash", "result = hash(n)"),
    static("getattr(x, 'shape')", "result = getattr(x, 'shape')[0]"),
]

STATEMENTS = [
    fine("del", "del n"),
    fine("pass", "pass"),
    sink("a handler of another error", "try:\n    range(n)\nexcept KeyError:\n    pass"),
    fine("a handler that catches it", "try:\n    range(n)\nexcept TypeError:\n    pass"),
    fine("a handler that catches all", "try:\n    range(n)\nexcept Exception:\n    pass"),
    sink("else of try", "try:\n    pass\nexcept TypeError:\n    pass\nelse:\n    range(n)"),
    sink("finally", "try:\n    pass\nfinally:\n    range(n)"),
    fine("suppress", "with suppress(TypeError):\n    range(n)"),
    unseen(
        traced("with ... as", "with nullcontext(n) as result:\n    pass"),
        "context managers are unknown",
    ),
    sink("inside with", "with jax.named_scope('form'):\n    range(n)"),
    traced("an annotated assignment", "result: int = n"),
    static("an assignment to several names", "result = other = 1\nother = n"),
    hashing("a decorator's argument", "@functools.lru_cache(maxsize=2)\ndef inner(size):\n    return size\ninner(n)"),
    fine("return under if True", "if True:\n    return x + n\nrange(n)"),
    sink("raise with a condition", "if n < 0:\n    raise ValueError"),
    sink("a lambda that is called", "check = lambda v: 1 if v else 2\nresult = check(n)"),
    fine("a lambda that is not called", "check = lambda v: 1 if v else 2"),
    traced("a helper's result", "result = keep(n)"),
    static("a helper that gives something else", "result = size_of(n)"),
    traced("partial", "result = partial(keep, n)()"),
    traced("an attribute of an instance", "result = Point(n).size"),
    traced("a method of an instance", "result = Point(n).grow()"),
]

TRANSFORMS = [
    fine("a traced argument of an inner jit", "result = jax.jit(lambda v: v + 1)(n)"),
    hashing("a static argument of an inner jit", "result = jax.jit(lambda v, k: v, static_argnums=1)(x, n)"),
    fine("a static one that stays static", "result = jax.jit(lambda v, k: jnp.zeros(k), static_argnums=1)(x, 3)"),
    sink("a static number becomes traced in an inner jit", "result = jax.jit(lambda v, k: jnp.zeros(k))(x, 3)"),
    sink("partial that binds a traced value", "result = jax.jit(partial(lambda k, v: jnp.zeros(k), n))(x)"),
    fine("partial that binds a static value", "result = jax.jit(partial(lambda k, v: jnp.zeros(k), 3))(x)"),
    sink("vmap of a function that needs it", "result = jax.vmap(lambda v: v * jnp.zeros(n))(x)"),
    fine("vmap hands a static number through", "jax.vmap(lambda v, k: v * jnp.zeros(k), in_axes=(0, None))(x, 3)"),
    sink("what vmap maps over", "result = jax.vmap(lambda v: 1 if v > 0 else 2)(x)"),
    fine("grad hands a static number through", "jax.grad(lambda v, k: (v * jnp.ones(k)).sum())(x[0], 3)"),
    sink("what grad differentiates", "jax.grad(lambda v: v if v > 0 else -v)(x[0])"),
    sink("checkpoint traces a static number", "jax.checkpoint(lambda v, k: v * jnp.zeros(k))(x[0], 3)"),
    sink("a captured value in the body of scan", "jax.lax.scan(lambda c, v: (c * jnp.zeros(n).sum(), v), 0.0, x)"),
    sink("the carry of scan", "jax.lax.scan(lambda c, v: (c if c else v, v), 0.0, x)"),
    fine("fori_loop to n", "jax.lax.fori_loop(0, n, lambda i, v: v + i, 0)"),
    sink("the number of fori_loop", "jax.lax.fori_loop(0, 3, lambda i, v: v + len(range(i)), 0)"),
    fine("cond on n", "result = jax.lax.cond(n > 1, lambda v: v, lambda v: -v, x)"),
    sink("a branch of cond", "result = jax.lax.cond(n > 1, lambda v: v * jnp.zeros(n), lambda v: v, x)"),
    sink("while_loop's condition in Python", "jax.lax.while_loop(lambda v: bool(v < 3), lambda v: v + 1, n)"),
    sink("the body of lax.map", "jax.lax.map(lambda v: v if v > 0 else -v, x)"),
    fine("tree.map of arithmetic", "result = jax.tree.map(lambda v: v + 1, p)"),
    sink("tree.map of what needs the value", "result = jax.tree.map(lambda v: jnp.zeros(v), p)"),
    fine("tree.map of static leaves", "result = jax.tree.map(lambda v: jnp.zeros(v), (2, 3))"),
    fine("a host callback", "jax.debug.callback(lambda v: range(int(v)), n)"),
]


@pytest.mark.parametrize(
    ("verdict", "body"),
    [
        *VALUES,
        *ARITHMETIC,
        *SEQUENCES,
        *CONTAINERS,
        *TEXT,
        *BRANCHES,
        *LOOPS,
        *UNPACKING,
        *SANITIZERS,
        *STATEMENTS,
        *TRANSFORMS,
    ],
)
def test_form(verdict: Verdict, body: str) -> None:
    source = program(body)
    agree(source, raises=verdict is SINK)
    if "jax." not in body:
        with jax.disable_jit():
            assert jax_error(source) is None, "it fails without jit too"
    if verdict in (TRACED, STATIC):
        agree(program(f"{textwrap.dedent(body)}\n{PROBE}"), raises=verdict is TRACED)
