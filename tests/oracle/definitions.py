"""The definitions of a module: classes, helpers, further jitted functions, and how static parameters are declared."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.growing import (
    ClassSignature,
    Grower,
    Scope,
    Signature,
    parameter_list,
)
from tests.oracle.steps import STATEMENTS
from tests.oracle.tree import Block, Node, leaf
from tests.oracle.values import EXPRESSIONS

SAMPLES = {
    "int": ("2", "3", "2"),
    "flag": ("True", "False"),
    "scal": ("0.5", "1.5"),
    "vec": ("jnp.ones(3)", "jnp.arange(4.0)"),
    "pair": ("(2, 3)", "(3, 2)"),
    "text": ('"sum"',),
}
DEFAULTS = {"int": "2", "flag": "False", "scal": "0.5", "pair": "(2, 2)", "text": '"sum"'}
_BY_NAME = ("tuple", "tuple", "list", "string", "constant", "set", "joined")
_BY_NUMBER = ("numbers", "number", "negative", "both")
HELPERS = ["pad_rows", "make_mask", "reduce_part", "project", "blend", "pool_over"]
JITTED = ["advance", "refine", "measure"]
CLASSES = ["Layer", "Model", "Settings", "Encoder"]
METHODS = ["apply", "grow", "encode", "total_of"]


@dataclass(frozen=True, slots=True)
class Entry:
    """The function that is jitted: its name, parameters with kinds, how many have defaults, and its body."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    defaults: tuple[str, ...]
    body: Block
    static: frozenset[int]
    keyword_only: int = 0

    def listed(self, *before: str) -> Node:
        """The parameters as they are written; keyword_only of them stand behind a star."""
        names = [name for name, _ in self.parameters]
        if self.keyword_only:
            names[-self.keyword_only] = f"*, {names[-self.keyword_only]}"
        return parameter_list(self.name, [*before, *names], self.defaults)


class Definer(Grower):
    """Writes definitions."""

    def __init__(self, seed: int | str) -> None:
        super().__init__(seed, EXPRESSIONS, STATEMENTS)
        self.others: list[Entry] = []
        self.kinds: list[str] = []
        self.constants: list[Node] = []

    def a_class(self, scope: Scope) -> Node:
        """A class with numbers as fields and methods that use them."""
        name = self.random.choice([c for c in CLASSES if c not in self.used])
        self.used.add(name)
        fields = tuple(
            (self.fresh(kind), kind)
            for kind in self.random.choices(("int", "flag", "scal"), k=self.random.randint(1, 2))
        )
        methods: list[Signature] = []
        texts: list[Node] = []
        for _ in range(self.random.randint(1, 2)):
            inner = scope.inner(
                [("self", name)], result=self.random.choice(("scal", "int", "vec", "scal")), inside=name
            )
            inner.classes = [*scope.classes, ClassSignature(name, fields, tuple(methods))]
            method = self.random.choice([m for m in METHODS if m not in self.used])
            self.used.add(method)
            parameters = self.parameters(self.random.randint(0, 2))
            inner.variables.extend(parameters)
            body = self.body(inner, 1, 2)
            listed = parameter_list(method, [n for n, _ in parameters])
            head = f"def {method}(self, $0):\n    $1" if parameters else f"def {method}(self$0):\n    $1"
            texts.append(Node("class.method", "statement", head, (listed, body)))
            methods.append(Signature(method, tuple(parameters), inner.result))
        scope.classes.append(ClassSignature(name, fields, tuple(methods)))
        names = [n for n, _ in fields]
        style = self.random.choice(("init", "init", "dataclass", "named tuple"))
        members = Block(tuple(texts))
        annotations = {"int": "int", "flag": "bool", "scal": "float"}
        lines = "\n".join(f"    {n}: {annotations[kind]}" for n, kind in fields)
        if style == "dataclass":
            return Node("class.dataclass", "item", f"\n@dataclass\nclass {name}:\n{lines}\n\n    $0\n", (members,))
        if style == "named tuple":
            return Node("class.named tuple", "item", f"\nclass {name}(NamedTuple):\n{lines}\n\n    $0\n", (members,))
        listed = parameter_list(name, names)
        sets = Block(tuple(leaf("statement", f"self.{n} = {n}") for n in names))
        text = f"\nclass {name}:\n    def __init__(self, $0):\n        $1\n\n    $2\n"
        return Node("class.init", "item", text, (listed, sets, members))

    def parameters(self, count: int) -> list[tuple[str, str]]:
        """Parameters of a function that is not the entry."""
        kinds = self.random.choices(("int", "vec", "scal", "flag", "pair"), (5, 3, 3, 2, 1), k=count)
        return [(self.fresh(kind), kind) for kind in kinds]

    def helper(self, scope: Scope) -> Node:
        """A function of the module. It may call those before it."""
        name = self.random.choice([h for h in HELPERS if h not in self.used])
        self.used.add(name)
        parameters = self.parameters(self.random.randint(1, 3))
        result = self.random.choice(("scal", "scal", "vec", "int", "pair", "flag"))
        optional = [DEFAULTS[kind] for _, kind in parameters[-1:] if kind in DEFAULTS] if self.chance(0.25) else []
        listed = parameter_list(name, [n for n, _ in parameters], optional)
        body = self.body(scope.inner(parameters, result=result), 0, 3)
        scope.functions.append(Signature(name, tuple(parameters), result, len(optional)))
        return Node("definition.helper", "item", f"\ndef {name}($0):\n    $1\n", (listed, body))

    def jitted_helper(self, scope: Scope) -> list[Node]:
        """A second jitted function, which the entry may call."""
        name = self.random.choice(JITTED)
        self.used.add(name)
        parameters = self.parameters(self.random.randint(1, 3))
        body = self.body(scope.inner(parameters, result="scal"), 0, 2)
        static = frozenset(i for i, (_, kind) in enumerate(parameters) if kind in ("int", "flag") and self.chance(0.4))
        entry = Entry(name, tuple(parameters), (), body, static)
        scope.functions.append(Signature(name, tuple(parameters), "scal"))
        self.others.append(entry)
        return [self.decorated(entry, self.declaration(entry))]

    def each_other(self, scope: Scope) -> Node:
        """Two jitted functions that call each other, up to a depth."""
        first, second = self.random.sample(JITTED, 2)
        depth, scale = self.fresh("int"), self.fresh("scal")
        static = f'static_argnames="{depth}"'
        heads = [f"@partial(jax.jit, {static})" if self.chance(0.6) else "@jax.jit" for _ in "12"]
        inner = scope.inner([(depth, "int"), (scale, "scal")], result="scal")
        steps = [self.expression("scal", inner, 1) for _ in "12"]
        text = "".join(
            f"\n{head}\ndef {name}({scale}, {depth}):\n    if {depth} <= 0:\n        return {scale}\n"
            f"    return {other}(${i}, {depth} - 1)\n\n"
            for i, (head, name, other) in enumerate(zip(heads, (first, second), (second, first), strict=True))
        )
        parameters = ((scale, "scal"), (depth, "int"))
        scope.functions.append(Signature(first, parameters, "scal"))
        self.others.append(Entry(first, parameters, (), Block(()), frozenset()))
        return Node("jit.each other", "item", text, tuple(steps))

    def declaration(self, entry: Entry, shift: int = 0) -> Node:
        """What declares the static parameters: the keyword arguments of jit, with ", " in front, or nothing."""
        names = [entry.parameters[i][0] for i in sorted(entry.static)]
        if not names:
            return leaf("declaration", "", "static.none")
        numbers = [i + shift for i in sorted(entry.static)]
        leaves = tuple(leaf("declared", f'"{name}"') for name in names)
        holes = ", ".join(f"${i}" for i in range(len(leaves)))
        comma = "," if len(leaves) == 1 else ""
        style = self.random.choice(_BY_NAME if entry.keyword_only else (*_BY_NAME, *_BY_NUMBER))
        if style == "numbers":
            return leaf("declaration", f"static_argnums=({', '.join(map(str, numbers))},)", "static.numbers")
        if style == "number" and len(numbers) == 1:
            return leaf("declaration", f"static_argnums={numbers[0]}", "static.number")
        if style == "negative":
            total = len(entry.parameters) + shift
            listed = ", ".join(str(n - total) for n in numbers)
            return leaf("declaration", f"static_argnums=({listed},)", "static.negative numbers")
        if style == "string" and len(names) == 1:
            return Node("static.string", "declaration", "static_argnames=$0", leaves, entry.name)
        if style == "both":
            listed = ", ".join(map(str, numbers))
            return Node(
                "static.both",
                "declaration",
                f"static_argnums=({listed},), static_argnames=({holes}{comma})",
                leaves,
                entry.name,
            )
        if style == "constant":
            name = f"STATIC{len(self.constants) or ''}"
            self.constants.append(leaf("item", f"{name} = ({', '.join(map(repr, names))}{comma})".replace("'", '"')))
            return leaf("declaration", f"static_argnames={name}", "static.constant")
        if style == "set":
            return Node("static.set", "declaration", f"static_argnames={{{holes}}}", leaves, entry.name)
        if style == "joined":
            return Node(
                "static.joined",
                "declaration",
                f"static_argnames=($0,) + ({holes[4:]}{comma[1:]},)"
                if len(leaves) > 1
                else "static_argnames=() + ($0,)",
                leaves,
                entry.name,
            )
        if style == "list":
            return Node("static.list", "declaration", f"static_argnames=[{holes}]", leaves, entry.name)
        return Node("static.tuple", "declaration", f"static_argnames=({holes}{comma})", leaves, entry.name)

    def decorated(self, entry: Entry, declaration: Node) -> Node:
        """The definition with jit as a decorator."""
        if declaration.production == "static.none":
            style, head = self.random.choice(
                (("plain", "@jax.jit"), ("plain", "@jax.jit"), ("called partial", "@partial(jax.jit)"))
            )
            return Node(
                f"jit.decorator {style}",
                "item",
                f"\n{head}\ndef {entry.name}($0):\n    $1\n",
                (entry.listed(), entry.body),
            )
        style, head = self.random.choice(
            (("partial", "@partial(jax.jit, $0)"), ("partial", "@partial(jax.jit, $0)"), ("options", "@jax.jit($0)"))
        )
        parts = (declaration, entry.listed(), entry.body)
        return Node(f"jit.decorator {style}", "item", f"\n{head}\ndef {entry.name}($1):\n    $2\n", parts)
