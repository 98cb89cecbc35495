"""A program as a tree: nodes with a template each, rendered to source. The generator makes it, the shrinker cuts it."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

INDENT = "    "
PLAIN = frozenset({"parameters", "parameter", "arguments", "declaration", "declared", "name"})
"""Kinds of nodes that never need parentheses."""
_HOLE = re.compile(r"\$(\d+)")
_OPEN = re.compile(r"[(\[,{]$|(?<![=!<>])=$|:$|\b(?:return|if|elif|while|assert|match|case)$|^ *for .* in$")
_OWN_LINE = re.compile(r"^( *)\$(\d+)$")


@dataclass(frozen=True, slots=True)
class Block:
    """Statements one below the other."""

    statements: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a program.

    production: the name of the rule of the grammar that made it, which coverage counts ("" for none).
    kind: what it stands for: "statement", or the kind of value that an expression has.
    text: its source, with `$0`, `$1`... for its parts; a block has a line of its own.
    tag: for parameters, arguments and declared names, the function that they belong to.
    """

    production: str
    kind: str
    text: str
    parts: tuple[Node | Block, ...] = ()
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """A whole module, and what calls its entry where it does not do so itself.

    hidden: statements that run behind the module, but that the linter is not shown.
    """

    body: Block
    hidden: Block = Block(())

    @property
    def source(self) -> str:
        """The text of the module."""
        return render(self.body).strip("\n") + "\n"

    @property
    def whole(self) -> str:
        """The text that runs."""
        return f"{self.source}\n{render(self.hidden)}\n" if self.hidden.statements else self.source


def leaf(kind: str, text: str, production: str = "") -> Node:
    """A node without parts."""
    return Node(production, kind, text)


def render(piece: Node | Block) -> str:
    """The source of a piece, without indentation of its own."""
    if isinstance(piece, Block):
        return "\n".join(render(statement) for statement in piece.statements) or "pass"
    lines = []
    for line in piece.text.split("\n"):
        own = _OWN_LINE.fullmatch(line)
        part = piece.parts[int(own[2])] if own else None
        if own and isinstance(part, Block):
            lines.append(_indented(render(part), own[1]))
        else:
            lines.append(_HOLE.sub(functools.partial(_fill, piece), line))
    return "\n".join(lines)


def _fill(node: Node, hole: re.Match[str]) -> str:
    part = node.parts[int(hole[1])]
    text = render(part)
    if isinstance(part, Block) or part.kind in PLAIN:
        return text
    before, after = hole.string[: hole.start()].rstrip(), hole.string[hole.end() :].lstrip()
    closed = (not before or _OPEN.search(before) is not None) and after[:1] in ("", ")", "]", ",", ":", "}")
    return text if closed or _is_atom(text) else f"({text})"


@functools.lru_cache(maxsize=50_000)
def _is_atom(text: str) -> bool:
    if text.isidentifier() or text.isdigit():
        return True
    if not text:
        return True
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return True  # names, parameters, arguments
    if isinstance(tree, ast.Tuple):
        return text.startswith("(") and text.endswith(")")
    return isinstance(
        tree, ast.Name | ast.Constant | ast.Call | ast.Attribute | ast.Subscript | ast.List | ast.Dict | ast.JoinedStr
    )


def _indented(text: str, indent: str) -> str:
    return "\n".join(indent + line if line else line for line in text.split("\n"))


def children(piece: Node | Block) -> tuple[Node | Block, ...]:
    """The parts of a piece."""
    return piece.statements if isinstance(piece, Block) else piece.parts


def walk(piece: Node | Block) -> Iterator[Node]:
    """All nodes of a piece, parents first."""
    if isinstance(piece, Node):
        yield piece
    for part in children(piece):
        yield from walk(part)


def productions(program: Program) -> frozenset[str]:
    """The names of the productions that a program uses."""
    return frozenset(
        node.production for part in (program.body, program.hidden) for node in walk(part) if node.production
    )


def rebuilt(piece: Node | Block, change: Callable[[Node], Node | Block | None]) -> Node | Block | None:
    """The piece with each node replaced by what `change` says, children first; None drops a statement."""
    if isinstance(piece, Block):
        kept: list[Node] = []
        for statement in piece.statements:
            new = rebuilt(statement, change)
            kept.extend(new.statements if isinstance(new, Block) else [new] if new is not None else [])
        return Block(tuple(kept))
    parts = tuple(rebuilt(part, change) or part for part in piece.parts)
    return change(piece if parts == piece.parts else replace(piece, parts=parts))
