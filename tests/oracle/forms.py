"""Whole programs: imports, constants, classes, helpers, the jitted entry in one of jit's forms, and its call."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from tests.oracle.definitions import DEFAULTS, SAMPLES, Definer, Entry
from tests.oracle.growing import Scope
from tests.oracle.tree import Block, Node, Program, leaf

HEADER: Sequence[tuple[str, tuple[str, ...]]] = (
    ("import math", ("math",)),
    ("import operator", ("operator",)),
    ("from contextlib import", ("nullcontext", "suppress")),
    ("from dataclasses import", ("dataclass",)),
    ("from functools import", ("partial", "reduce")),
    ("from typing import", ("TYPE_CHECKING", "NamedTuple")),
    ("\nimport jax", ("jax", "jnp")),
    ("import jax.numpy as jnp", ("jnp",)),
    ("import numpy as np", ("np",)),
    ("from jax import", ("lax",)),
    ("\nSIZE = 3", ("SIZE",)),
    ("SIZES = [2, 3]", ("SIZES",)),
    ("TABLE = {1: 4, 2: 3, 3: 2}", ("TABLE",)),
    ("DEBUG = True", ("DEBUG",)),
)
SHORTEST, LONGEST = 10, 45
ENTRIES = ["run", "predict", "train_step", "forward", "update"]


class Author(Definer):
    """Writes one program."""

    def program(self) -> Program:
        """A module of 10 to 45 lines."""
        scope = Scope()
        items: list[Node] = []
        for _ in range(self.random.choice((0, 0, 0, 1, 1))):
            items.append(self.a_class(scope))
        for _ in range(self.random.choice((0, 1, 1, 2, 2, 3))):
            items.append(self.helper(scope))
        if self.chance(0.2):
            items.extend(self.jitted_helper(scope))
        elif self.chance(0.06):
            items.append(self.each_other(scope))
        return self.entry(items, scope)

    def entry(self, items: list[Node], scope: Scope) -> Program:
        """The jitted entry and its call."""
        form = self.random.choices(list(FORMS), [weight for _, weight in FORMS.values()])[0]
        kinds = ["vec"] * self.random.choice((1, 1, 2))
        kinds += self.random.choices(
            ("int", "flag", "scal", "pair", "text"), (6, 3, 2, 1, 0.7), k=self.random.randint(1, 4)
        )
        # Where no call is in sight, nothing would tell that a parameter is a tuple.
        self.kinds = kinds
        parameters = [(self.fresh(kind), kind) for kind in kinds]
        defaults = [DEFAULTS[kind] for kind in kinds[-1:] if kind in DEFAULTS] if self.chance(0.15) else []
        result = "scal" if form in ("grad", "value_and_grad") else self.random.choice(("scal", "scal", "vec"))
        name = self.random.choice(ENTRIES)
        self.used.add(name)
        inner = scope.inner(parameters, result=result)
        body = self.body(inner, 0, 6)
        if defaults and kinds[-1] == "int" and self.chance(0.4):
            defaults = ["None"]
            last = parameters[-1][0]
            check = leaf("statement", f"if {last} is None:\n    {last} = 2", "guard.default None")
            body = Block((check, *body.statements))
        static = frozenset(
            i for i, kind in enumerate(kinds) if kind != "vec" and self.chance(0.9 if kind == "text" else 0.25)
        )
        entry = Entry(name, tuple(parameters), tuple(defaults), body, static)
        makers = {name: getattr(self, maker) for name, (maker, _) in FORMS.items()}
        return makers[form](entry, items, form)

    def arguments(self, entry: Entry, first: str = "", given: Sequence[tuple[str, str]] | None = None) -> Node:
        """The sample arguments of a call."""
        given = entry.parameters if given is None else given
        if entry.defaults and self.chance(0.5):
            given = given[: -len(entry.defaults)]
        keywords = self.random.choice((0, 0, 0, 1, 2)) if first == "" else 0
        parts = []
        for index, (name, kind) in enumerate(given):
            value = leaf(kind, first if index == 0 and first else self.random.choice(SAMPLES[kind]))
            by_name = index >= len(given) - keywords or index >= len(entry.parameters) - entry.keyword_only
            parts.append(Node("call.sample keyword", "argument", f"{name}=$0", (value,)) if by_name else value)
        return Node("", "arguments", ", ".join(f"${i}" for i in range(len(parts))), tuple(parts), entry.name)

    def finished(self, items: list[Node], callee: str, arguments: Node, form: str) -> Program:
        """The module with its call: in the file, as most often, or elsewhere."""
        called = Node(f"jit.{form}", "statement", f"return {callee}($0)", (arguments,))
        return self.with_example(items, called, form)

    def with_example(self, items: list[Node], called: Node, form: str) -> Program:
        """The module with the function that calls the entry, and the other jitted function, if there is one."""
        others = []
        for entry in self.others:
            text = f"{entry.name}($0)"
            others.append(Node("jit.second", "statement", text, (self.arguments(entry),)))
        example = Node("", "item", "\ndef example():\n    $0", (Block((*others, called)),))
        if form != "call" and "pair" not in self.kinds and self.chance(0.12):
            return Program(Block((*self.constants, *items)), Block((replace(example, production="call.elsewhere"),)))
        return Program(Block((*self.constants, *items, example)))

    def as_decorator(self, entry: Entry, items: list[Node], form: str) -> Program:
        """@jax.jit above the definition, which may have parameters that are passed by name."""
        if self.chance(0.15):
            entry = replace(entry, keyword_only=self.random.randint(1, len(entry.parameters) - 1))
        return self.finished(
            [*items, self.decorated(entry, self.declaration(entry))], entry.name, self.arguments(entry), form
        )

    def definition(self, entry: Entry, head: str = "", indent: str = "") -> Node:
        """The definition without jit."""
        return Node(
            "definition.entry", "item", f"\n{head}def {entry.name}($0):\n    $1\n", (entry.listed(), entry.body)
        )

    def wrapped(self, entry: Entry, function: str, shift: int = 0) -> Node:
        """`jax.jit(function, ...)` with the declaration."""
        declaration = self.declaration(entry, shift)
        text = f"jax.jit({function}, $0)" if declaration.text else f"jax.jit({function})"
        return Node("", "expression", text, (declaration,))

    def as_assignment(self, entry: Entry, items: list[Node], form: str) -> Program:
        """fast = jax.jit(f)."""
        item = Node("", "item", "fast = $0\n", (self.wrapped(entry, entry.name),))
        return self.finished([*items, self.definition(entry), item], "fast", self.arguments(entry), form)

    def as_call(self, entry: Entry, items: list[Node], form: str) -> Program:
        """jax.jit(f)(x, n)."""
        parts = (self.wrapped(entry, entry.name), self.arguments(entry))
        called = Node(f"jit.{form}", "statement", "return $0($1)", parts)
        return self.with_example([*items, self.definition(entry)], called, form)

    def as_lambda(self, entry: Entry, items: list[Node], form: str) -> Program:
        """fast = jax.jit(lambda x, n: f(x, n))."""
        names = ", ".join(n for n, _ in entry.parameters)
        item = Node("", "item", "fast = $0\n", (self.wrapped(entry, f"lambda {names}: {entry.name}({names})"),))
        return self.finished([*items, self.definition(entry), item], "fast", self.arguments(entry), form)

    def as_partial(self, entry: Entry, items: list[Node], form: str) -> Program:
        """The first argument or the last one is bound before jit."""
        if entry.defaults:
            return self.as_assignment(entry, items, "assignment")
        last, kind = entry.parameters[-1]
        value = self.random.choice(SAMPLES[kind])
        rest = entry.parameters[:-1]
        static = frozenset(i for i in entry.static if i < len(rest))
        short = Entry(entry.name, rest, (), entry.body, static)
        if self.chance(0.5):
            item = Node("", "item", "fast = $0\n", (self.wrapped(short, f"partial({entry.name}, {last}={value})"),))
            return self.finished([*items, self.definition(entry), item], "fast", self.arguments(short), form)
        shifted = Entry(entry.name, entry.parameters[1:], (), entry.body, frozenset(i - 1 for i in entry.static if i))
        item = Node("", "item", "fast = $0\n", (self.wrapped(shifted, f"partial({entry.name}, jnp.ones(3))"),))
        return self.finished([*items, self.definition(entry), item], "fast", self.arguments(shifted), "partial shifted")

    def as_transform(self, entry: Entry, items: list[Node], form: str) -> Program:
        """jit outside of vmap, grad or checkpoint."""
        axes = ", ".join(["0", *["None"] * (len(entry.parameters) - 1)])
        first = ""
        if entry.defaults:
            return self.as_assignment(entry, items, "assignment")
        if form == "vmap":
            text, first = f"jax.vmap({entry.name}, in_axes=({axes},))", "jnp.ones((2, 3))"
        else:
            text = f"jax.{form}({entry.name})"
        item = Node("", "item", "fast = $0\n", (self.wrapped(entry, text),))
        arguments = self.arguments(entry, first or "jnp.ones(3)")
        return self.finished([*items, self.definition(entry), item], "fast", arguments, form)

    def as_stacked(self, entry: Entry, items: list[Node], form: str) -> Program:
        """jit above another decorator."""
        declaration = self.declaration(entry)
        head = "@partial(jax.jit, $0)" if declaration.text else "@jax.jit"
        parts = ((declaration,) if declaration.text else ()) + (entry.listed(), entry.body)
        base = len(parts) - 2
        text = f"\n{head}\n@jax.checkpoint\ndef {entry.name}(${base}):\n    ${base + 1}\n"
        return self.finished([*items, Node("", "item", text, parts)], entry.name, self.arguments(entry), form)

    def as_method(self, entry: Entry, items: list[Node], form: str) -> Program:
        """A method with static self."""
        numbers = ", ".join(map(str, [0, *(i + 1 for i in sorted(entry.static))]))
        name, field = "Network", self.fresh("int")
        body = Block((leaf("statement", f"{self.fresh('int')} = self.{field}"), *entry.body.statements))
        head = f"\nclass {name}:\n    def __init__(self, {field}):\n        self.{field} = {field}\n\n"
        if form == "bound method":
            made = Node("", "item", f"{head}    def {entry.name}($0):\n        $1\n", (entry.listed("self"), body))
            item = Node("", "item", "fast = $0\n", (self.wrapped(entry, f"{name}(2).{entry.name}"),))
            return self.finished([*items, made, item], "fast", self.arguments(entry), form)
        text = f"{head}    @partial(jax.jit, static_argnums=({numbers},))\n    def {entry.name}($0):\n        $1\n"
        made = Node("static.self", "item", text, (entry.listed("self"), body))
        return self.finished([*items, made], f"{name}(2).{entry.name}", self.arguments(entry), form)

    def as_instance(self, entry: Entry, items: list[Node], form: str) -> Program:
        """An instance that is called, or that keeps its jitted method; a static method."""
        name, field = "Network", self.fresh("int")
        body = Block((leaf("statement", f"{self.fresh('int')} = self.{field}"), *entry.body.statements))
        head = f"\nclass {name}:\n    def __init__(self, {field}):\n        self.{field} = {field}\n"
        if form == "callable instance":
            text = f"{head}\n    def __call__($0):\n        $1\n"
            made = Node("", "item", text, (entry.listed("self"), body))
            item = Node("", "item", "fast = $0\n", (self.wrapped(entry, f"{name}(2)"),))
            return self.finished([*items, made, item], "fast", self.arguments(entry), form)
        if form == "kept method":
            text = f"{head}        self.fast = $2\n\n    def {entry.name}($0):\n        $1\n"
            parts = (entry.listed("self"), body, self.wrapped(entry, f"self.{entry.name}"))
            return self.finished(
                [*items, Node("", "item", text, parts)], f"{name}(2).fast", self.arguments(entry), form
            )
        made = self.decorated(entry, self.declaration(entry))
        inside = Node(made.production, "statement", made.text.strip("\n"), made.parts)
        item = Node("", "item", f"\nclass {name}:\n    @staticmethod\n    $0\n", (Block((inside,)),))
        return self.finished([*items, item], f"{name}.{entry.name}", self.arguments(entry), form)

    def as_own_decorator(self, entry: Entry, items: list[Node], form: str) -> Program:
        """A decorator of the module that applies jit."""
        wrapper = Node("", "item", "\ndef compiled(function):\n    return $0\n", (self.wrapped(entry, "function"),))
        return self.finished(
            [*items, wrapper, self.definition(entry, "@compiled\n")], entry.name, self.arguments(entry), form
        )

    def as_twice(self, entry: Entry, items: list[Node], form: str) -> Program:
        """jit above jit."""
        other = replace(entry, static=frozenset(i for i in entry.static if self.chance(0.7)))
        outer, inner = self.declaration(entry), self.declaration(other)
        parts = (outer, inner, entry.listed(), entry.body)
        first, second = (
            ("@partial(jax.jit, $0)" if outer.text else "@jax.jit$0"),
            ("@partial(jax.jit, $1)" if inner.text else "@jax.jit$1"),
        )
        text = f"\n{first}\n{second}\ndef {entry.name}($2):\n    $3\n"
        return self.finished([*items, Node("", "item", text, parts)], entry.name, self.arguments(entry), form)

    def as_factory(self, entry: Entry, items: list[Node], form: str) -> Program:
        """A function that makes the jitted function, which captures a number."""
        captured = self.fresh("int")
        made = self.decorated(entry, self.declaration(entry))
        value = leaf("statement", f"{self.fresh('int')} = {captured} + 1")
        body = Node(made.production, "statement", made.text.strip("\n"), made.parts)
        text = f"\ndef make_step({captured}):\n    $0\n"
        item = Node("", "item", text, (Block((value, body, leaf("statement", f"return {entry.name}"))),))
        fast = leaf("item", "fast = make_step(2)\n")
        return self.finished([*items, item, fast], "fast", self.arguments(entry), form)

    def as_alias(self, entry: Entry, items: list[Node], form: str) -> Program:
        """A name for jit with its options."""
        declaration = self.declaration(entry)
        options = "partial(jax.jit, $0)" if declaration.text else "partial(jax.jit)"
        alias = Node("", "item", f"jit_it = {options}\n", (declaration,) if declaration.text else ())
        return self.finished(
            [*items, alias, self.definition(entry, "@jit_it\n")], entry.name, self.arguments(entry), form
        )


FORMS = {
    "decorator": ("as_decorator", 6.0),
    "assignment": ("as_assignment", 2.0),
    "call": ("as_call", 1.0),
    "lambda": ("as_lambda", 0.7),
    "partial": ("as_partial", 1.0),
    "vmap": ("as_transform", 0.5),
    "grad": ("as_transform", 0.7),
    "value_and_grad": ("as_transform", 0.4),
    "checkpoint": ("as_transform", 0.5),
    "stacked": ("as_stacked", 0.5),
    "method": ("as_method", 1.0),
    "bound method": ("as_method", 0.7),
    "factory": ("as_factory", 0.8),
    "alias": ("as_alias", 0.6),
    "callable instance": ("as_instance", 0.5),
    "kept method": ("as_instance", 0.5),
    "static method": ("as_instance", 0.4),
    "own decorator": ("as_own_decorator", 0.5),
    "twice": ("as_twice", 0.4),
}
"""The forms of jit: the method that writes it, and how often."""


OTHERS = frozenset(
    {
        *(f"static.{style}" for style in ("none", "tuple", "list", "string", "number", "numbers", "negative numbers")),
        *("static.constant", "static.set", "static.joined", "jit.each other"),
        *("static.both", "static.self", "jit.second", "jit.partial shifted", "call.elsewhere", "guard.default None"),
        *("class.init", "class.dataclass", "class.named tuple", "class.method", "class.instance", "definition.helper"),
    }
)
"""Productions that stand in no table."""


def make_program(seed: int | str) -> Program:
    """The program of a seed: the first one of a fitting length that it leads to."""
    for attempt in itertools.count():
        program = with_header(Author(f"{seed}/{attempt}").program())
        if SHORTEST <= len(program.source.splitlines()) <= LONGEST:
            return program
    raise AssertionError


def with_header(program: Program) -> Program:
    """The program behind those imports and constants that it uses."""
    text = program.whole
    items = []
    for line, names in HEADER:
        used = [name for name in names if re.search(rf"\b{name}\b", text)]
        if line.startswith("from"):
            line = f"{line} {', '.join(used)}"
        if used:
            items.append(leaf("item", line))
    return replace(program, body=Block((*items, *program.body.statements)))
