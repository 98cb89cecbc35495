"""How trees grow: templates with typed holes are filled at random, in a scope that knows the variables in sight.

A hole is written `<kind>`. `<i=kind>` gives it a name, under which `<i>` repeats it. The kinds are

* `int`, `flag`, `scal`, `vec`, `pair`, `text`: an expression of that kind; `+v` after it: one that may use `v` too
* `var.int`: a variable of the kind, `new.int`: a new one, in sight after the statement and in its blocks
* `block`: statements; `own`: those of a function of its own, without a return; `body.int`: statements that end with the
  return of an expression; `block:2` at most two
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.oracle.tree import Block, Node, leaf

_HOLE = re.compile(r"<(?:(\w+)=)?([a-z]+(?:\.[a-z]+)?)(?::(\d))?((?:\+\w+)*)>|<(\w)>")

NAMES: Mapping[str, Sequence[str]] = {
    "int": [
        "n",
        "m",
        "rows",
        "cols",
        "width",
        "depth",
        "steps",
        "stride",
        "height",
        "parts",
        "span",
        "bins",
        "chunk",
        "levels",
        "taps",
        "cells",
    ],
    "flag": ["training", "causal", "flipped", "masked", "verbose", "centered", "strict", "reverse_it", "wide", "fresh"],
    "scal": ["rate", "scale", "gain", "bias", "weight", "shift", "temp", "mix", "decay", "level", "score", "bonus"],
    "vec": ["x", "y", "batch", "signal", "state", "grid", "frame", "mask_row", "values", "latent", "feats"],
    "pair": ["dims", "window", "extent", "block_shape", "sizes2", "ends", "tiles"],
    "text": ["reduction", "style", "method_name", "norm_kind"],
    "items": ["found", "collected", "entries", "gathered", "pieces"],
    "instance": ["config", "layer", "module_of", "policy", "holder"],
    "fun": ["inner", "body_fn", "apply_one", "combine", "finish", "local_step"],
}
LITERALS: Mapping[str, Sequence[str]] = {
    "int": ("2", "3", "2", "4"),
    "flag": ("True", "False"),
    "scal": ("0.5", "2.0", "1.5"),
    "vec": ("jnp.ones(3)", "jnp.arange(4.0)"),
    "pair": ("(2, 3)", "(3, 2)"),
    "text": ('"sum"', '"mean"'),
}


PLUS: Mapping[str, str] = {"v": "scal", "c": "scal", "k": "int", "w": "vec"}
"""The parameters of lambdas that a hole may use, and what they are."""


REBINDING = ("reassign.", "augmented.", "guard.is None", "unpack.swap")
"""Productions that bind an existing variable anew, which must be one of the function itself."""


class DeadEndError(Exception):
    """No production fits here."""


@dataclass(frozen=True, slots=True)
class Form:
    """One production of the grammar: its name, the kind of what it makes, the template and how often it is taken."""

    production: str
    kind: str
    template: str
    weight: float = 1.0

    @property
    def is_sink(self) -> bool:
        """Whether it needs the value of what is put into it."""
        return self.production.startswith("sink.")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a caller must know of a function: how it is called, and the kinds of its parameters and of its result."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    result: str
    optional: int = 0


@dataclass(frozen=True, slots=True)
class ClassSignature:
    """A class of the file: its fields in the order of the constructor, and its methods without self."""

    name: str
    fields: tuple[tuple[str, str], ...]
    methods: tuple[Signature, ...] = ()


@dataclass(slots=True)
class Scope:
    """The variables and functions in sight."""

    variables: list[tuple[str, str]] = field(default_factory=list)
    functions: list[Signature] = field(default_factory=list)
    classes: list[ClassSignature] = field(default_factory=list)
    inside: str = ""
    result: str = "scal"
    in_loop: bool = False
    outer: int = 0

    def inner(self, added: Sequence[tuple[str, str]] = (), **changes: object) -> Scope:
        """A scope inside this one."""
        scope = replace(self, variables=[*self.variables, *added], functions=list(self.functions))
        for name, value in changes.items():
            setattr(scope, name, value)
        return scope

    def names(self, kind: str) -> list[str]:
        """The variables of a kind."""
        return [name for name, its in self.variables if its == kind]


def parameter_list(function: str, names: Sequence[str], defaults: Sequence[str] = ()) -> Node:
    """The parameters of a definition, of which the shrinker may drop some."""
    leaves = [
        leaf("parameter", f"{name}={default}" if default else name)
        for name, default in zip(names, [*[""] * (len(names) - len(defaults)), *defaults], strict=True)
    ]
    return Node("", "parameters", ", ".join(f"${i}" for i in range(len(leaves))), tuple(leaves), function)


class Grower:
    """Fills templates. The tables of forms are given; everything random comes from one generator."""

    def __init__(self, seed: int | str, expressions: Mapping[str, Sequence[Form]], statements: Sequence[Form]) -> None:
        self.random = random.Random(seed)
        self.expressions = expressions
        self.statements = statements
        self.sinks = self.random.choice((0.0, 0.25, 0.6, 1.0, 1.6))
        self.lines = 0
        self.used: set[str] = set()
        favoured = self.random.random() < 0.5
        self.favour = {
            form.production: self.random.choice((0.2, 1.0, 5.0)) if favoured else 1.0
            for form in (*statements, *(form for forms in expressions.values() for form in forms))
        }

    # Choosing

    def weight(self, form: Form) -> float:
        """How often a form is taken in this program: programs differ in what they are fond of."""
        return form.weight * self.favour[form.production] * (self.sinks if form.is_sink else 1.0)

    def chance(self, probability: float) -> bool:
        """True so often."""
        return self.random.random() < probability

    def recent(self, names: Sequence[str]) -> str:
        """One of the variables: what was bound last is used most."""
        return self.random.choices(names, [1.0] * max(0, len(names) - 2) + [2.0] * min(2, len(names)))[0]

    def fresh(self, kind: str) -> str:
        """A name that the program does not use yet."""
        pool = [name for name in NAMES[kind] if name not in self.used]
        name = self.random.choice(pool) if pool else f"{NAMES[kind][0]}{len(self.used)}"
        self.used.add(name)
        return name

    # Growing

    def expression(self, kind: str, scope: Scope, depth: int = 0) -> Node:
        """An expression of a kind."""
        known = scope.names(kind)
        if known and self.chance((0.25, 0.7, 1.0)[min(depth, 2)]):
            return leaf(kind, self.recent(known))
        if depth >= 2 or self.chance(0.05):
            return leaf(kind, self.random.choice(LITERALS[kind]))
        for _ in range(4):
            forms = self.expressions[kind]
            form = self.random.choices(forms, [self.weight(form) for form in forms])[0]
            try:
                return self.fill(form, scope, depth + 1)
            except DeadEndError:
                continue
        return leaf(kind, self.random.choice(known or LITERALS[kind]))

    def statement(self, scope: Scope, depth: int) -> Node:
        """A statement; what it binds is in sight afterwards."""
        for _ in range(20):
            forms = self.statements
            form = self.random.choices(forms, [self.weight(form) for form in forms])[0]
            if depth >= 2 and "<block" in form.template or self.lines > 18 and form.template.count("\n") > 1:
                continue
            try:
                node = self.fill(form, scope, 0, depth)
            except DeadEndError:
                continue
            self.lines += node.text.count("\n") + 1
            return node
        raise DeadEndError

    def block(self, scope: Scope, depth: int, most: int) -> Block:
        """One to `most` statements."""
        found = []
        for _ in range(self.random.randint(1, most)):
            try:
                found.append(self.statement(scope, depth))
            except DeadEndError:
                break
        return Block(tuple(found))

    def body(self, scope: Scope, depth: int, most: int) -> Block:
        """Statements and a return."""
        found = list(self.block(scope, depth, most).statements) if most and self.chance(0.9) else []
        value = self.expression(scope.result, scope, 0)
        return Block((*found, Node("statement.return", "statement", "return $0", (value,))))

    def fill(self, form: Form, scope: Scope, depth: int, level: int = 0) -> Node:
        """The node that a form makes: each hole of its template becomes a part."""
        if form.template.startswith("!"):
            node = getattr(self, form.template[1:])(form, scope, depth)
            assert isinstance(node, Node)
            return node
        parts: list[Node | Block] = []
        named: dict[str, int] = {}
        added: list[tuple[str, str]] = []

        def place(hole: re.Match[str]) -> str:
            name, kind, most, plus, again = hole.groups()
            if again is not None or kind in named:
                return f"${named[again or kind]}"
            parts.append(self.part(form, kind, scope, depth, level, int(most or 2), added, plus))
            if kind.startswith("new."):
                made = parts[-1]
                assert isinstance(made, Node)
                added.append((made.text, kind[4:]))
            if name:
                named[name] = len(parts) - 1
            return f"${len(parts) - 1}"

        text = _HOLE.sub(place, form.template)
        if form.kind == "statement":
            scope.variables.extend(added)
        return Node(form.production, form.kind, text, tuple(parts))

    def part(
        self,
        form: Form,
        kind: str,
        scope: Scope,
        depth: int,
        level: int,
        most: int,
        added: Sequence[tuple[str, str]],
        plus: str,
    ) -> Node | Block:
        """What fills one hole."""
        if kind.startswith("new."):
            return leaf("name", self.fresh(kind[4:]))
        if kind.startswith("var."):
            known = scope.names(kind[4:])
            if form.production.startswith(REBINDING):
                known = [name for name in known if name in {own for own, _ in scope.variables[scope.outer :]}]
            if not known:
                raise DeadEndError
            return leaf("name", self.recent(known))
        if kind == "own":
            inner = scope.inner(added, result="", in_loop=False, outer=len(scope.variables))
            return self.block(inner, level + 2, most)
        if kind == "result" and not scope.result:
            raise DeadEndError
        if kind == "result":
            return self.expression(scope.result, scope, depth)
        more = [(name, PLUS[name]) for name in plus.split("+")[1:]]
        if kind == "block":
            return self.block(scope.inner(added), level + 1, most)
        if kind == "loop":
            return self.block(scope.inner(added, in_loop=True), level + 1, most)
        if kind.startswith("body."):
            inner = scope.inner([*added, *more], result=kind[5:], in_loop=False, outer=len(scope.variables))
            return self.body(inner, level + 2, most - 1)
        return self.expression(kind, scope.inner(more) if more else scope, depth)

    # Productions that need more than a template

    def call(self, form: Form, scope: Scope, depth: int) -> Node:
        """A call of a function of the file."""
        known = [f for f in scope.functions if f.result == form.kind]
        if not known:
            raise DeadEndError
        function = self.random.choice(known)
        return self.call_of(function, scope, depth, form.production)

    def method(self, form: Form, scope: Scope, depth: int) -> Node:
        """A call of a method of an instance in sight, or of one that is made on the spot."""
        known = [m for c in scope.classes for m in c.methods if m.result == form.kind]
        if not known:
            raise DeadEndError
        method = self.random.choice(known)
        kind = next(c for c in scope.classes if method in c.methods)
        owner = self.instance(kind, scope, depth)
        call = self.call_of(method, scope, depth, form.production)
        return Node(form.production, form.kind, f"$0.{method.name}($1)", (owner, *call.parts))

    def instance(self, kind: ClassSignature, scope: Scope, depth: int) -> Node:
        """A variable that holds an instance of a class, or a new instance."""
        held = scope.names(kind.name)
        if held and self.chance(0.8):
            return leaf(kind.name, self.random.choice(held))
        if kind.name == scope.inside:
            raise DeadEndError
        return self.call_of(Signature(kind.name, kind.fields, kind.name), scope, depth, "class.instance")

    def attribute(self, form: Form, scope: Scope, depth: int) -> Node:
        """A field of an instance in sight."""
        known = [(c, name) for c in scope.classes for name, kind in c.fields if kind == form.kind]
        if not known:
            raise DeadEndError
        kind, name = self.random.choice(known)
        return Node(form.production, form.kind, f"$0.{name}", (self.instance(kind, scope, depth),))

    def call_partial(self, form: Form, scope: Scope, depth: int) -> Node:
        """A call through functools.partial, some arguments bound before."""
        known = [f for f in scope.functions if f.result == form.kind and f.parameters]
        if not known:
            raise DeadEndError
        call = self.call_of(self.random.choice(known), scope, depth, form.production)
        listed = call.parts[0]
        assert isinstance(listed, Node)
        bound = self.random.randint(0, len(listed.parts))
        texts = [f"${i}" for i in range(len(listed.parts))]
        function = call.text.partition("(")[0]
        text = f"partial({', '.join([function, *texts[:bound]])})({', '.join(texts[bound:])})"
        return Node(form.production, form.kind, text, listed.parts)

    def local_function(self, form: Form, scope: Scope, depth: int) -> Node:
        """A function inside a function, which later statements call."""
        name = self.fresh("fun")
        result = self.random.choice(("scal", "int", "vec", "scal"))
        parameters = [
            (self.fresh(kind), kind)
            for kind in self.random.choices(("int", "scal", "vec", "flag"), k=self.random.randint(0, 2))
        ]
        listed = parameter_list(name, [n for n, _ in parameters])
        scope.functions.append(Signature(name, tuple(parameters), result))
        inner = scope.inner(parameters, result=result, in_loop=False, outer=len(scope.variables))
        inner.functions.pop()
        inner.outer = len(scope.variables)
        if form.production == "closure.lambda":
            value = self.expression(result, inner, 1)
            head = f"{name} = lambda $0: $1" if parameters else f"{name} = lambda$0: $1"
            return Node(form.production, "statement", head, (listed, value))
        body = self.body(inner, 2, 2)
        return Node(form.production, "statement", f"def {name}($0):\n    $1", (listed, body))

    def keep_instance(self, form: Form, scope: Scope, depth: int) -> Node:
        """An instance of a class of the file, kept in a variable."""
        known = [c for c in scope.classes if c.name != scope.inside]
        if not known:
            raise DeadEndError
        kind, name = self.random.choice(known), self.fresh("instance")
        made = self.call_of(Signature(kind.name, kind.fields, kind.name), scope, depth, "class.instance")
        scope.variables.append((name, kind.name))
        return Node(form.production, "statement", f"{name} = $0", (made,))

    def call_of(self, function: Signature, scope: Scope, depth: int, production: str) -> Node:
        """A call of this function, some arguments by name and some optional ones left out."""
        given = len(function.parameters) - (self.random.randint(0, function.optional) if function.optional else 0)
        keywords = self.random.choice((0, 0, 0, 1, 2))
        arguments = []
        for index, (name, kind) in enumerate(function.parameters[:given]):
            value = self.expression(kind, scope, max(depth, 1))
            by_name = index >= given - keywords
            arguments.append(Node("call.keyword", "argument", f"{name}=$0", (value,)) if by_name else value)
        text = ", ".join(f"${i}" for i in range(len(arguments)))
        listed = Node("", "arguments", text, tuple(arguments), function.name)
        return Node(production, function.result, f"{function.name}($0)", (listed,))
