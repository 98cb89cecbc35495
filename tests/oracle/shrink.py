"""Makes a program smaller while it shows the same kind of disagreement: by cutting its tree, not its text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.oracle.growing import LITERALS
from tests.oracle.tree import Block, Node, Program, children, leaf, rebuilt, walk

SECONDS = 20.0


def shrunk(program: Program, is_interesting: Callable[[Program], bool], seconds: float = SECONDS) -> Program:
    """The smallest program that the cuts reach and that is still interesting."""
    end = time.monotonic() + seconds
    seen = {program.source}
    progress = True
    while progress and time.monotonic() < end:
        progress = False
        for cuts in (statement_cuts, hoists, parameter_cuts, simplifications):
            again = True
            while again and time.monotonic() < end:
                again = False
                for candidate in cuts(program):
                    if time.monotonic() > end:
                        break
                    source = candidate.source
                    if source in seen:
                        continue
                    seen.add(source)
                    if is_interesting(candidate):
                        program, again, progress = candidate, True, True
                        break
    return program


def blocks(piece: Node | Block) -> Iterator[Block]:
    """All blocks, outer ones first."""
    if isinstance(piece, Block):
        yield piece
    for part in children(piece):
        yield from blocks(part)


def _with(program: Program, old: Node | Block, new: Node | Block) -> Program:
    body = _replaced(program.body, old, new)
    assert isinstance(body, Block)
    return replace(program, body=body)


def _replaced(piece: Node | Block, old: Node | Block, new: Node | Block) -> Node | Block:
    if piece is old:
        return new
    if isinstance(piece, Block):
        statements: list[Node] = []
        for statement in piece.statements:
            made = _replaced(statement, old, new)
            statements.extend(made.statements if isinstance(made, Block) else [made])
        return piece if tuple(statements) == piece.statements else Block(tuple(statements))
    parts = tuple(_replaced(part, old, new) for part in piece.parts)
    return piece if all(a is b for a, b in zip(parts, piece.parts, strict=True)) else replace(piece, parts=parts)


def statement_cuts(program: Program) -> Iterator[Program]:
    """Without a run of statements: halves of blocks first, then one statement each, the last ones first."""
    for block in blocks(program.body):
        count = len(block.statements)
        size = count
        while size >= 1:
            for start in range(count - size, -1, -size):
                rest = block.statements[:start] + block.statements[start + size :]
                if block is program.body:
                    yield replace(program, body=Block(rest))
                else:
                    yield _with(program, block, Block(rest))
            size //= 2


def hoists(program: Program) -> Iterator[Program]:
    """With the body of a compound statement in its place."""
    for block in blocks(program.body):
        for index, statement in enumerate(block.statements):
            if statement.kind != "statement" or statement.text.lstrip().startswith(("def ", "@")):
                continue
            for part in statement.parts:
                if isinstance(part, Block):
                    inside = block.statements[:index] + part.statements + block.statements[index + 1 :]
                    yield (
                        _with(program, block, Block(inside))
                        if block is not program.body
                        else replace(program, body=Block(inside))
                    )


def parameter_cuts(program: Program) -> Iterator[Program]:
    """Without one parameter of a function, and without the arguments for it."""
    for listed in [node for node in walk(program.body) if node.kind == "parameters"]:
        for index, parameter in enumerate(listed.parts):
            assert isinstance(parameter, Node)
            yield _without_parameter(program, listed.tag, index, parameter.text.removeprefix("*, ").partition("=")[0])


def _without_parameter(program: Program, function: str, index: int, name: str) -> Program:
    def change(node: Node) -> Node:
        if node.tag != function:
            return node
        if node.kind in ("parameters", "arguments") and index < len(node.parts):
            parts = node.parts[:index] + node.parts[index + 1 :]
            return replace(node, text=", ".join(f"${i}" for i in range(len(parts))), parts=parts)
        if node.kind == "declaration":
            kept = tuple(part for part in node.parts if not isinstance(part, Node) or part.text != f'"{name}"')
            if len(kept) < len(node.parts):
                if not kept:
                    return replace(node, text="", parts=())
                return replace(
                    node, text=f"static_argnames=({', '.join(f'${i}' for i in range(len(kept)))},)", parts=kept
                )
        return node

    body, hidden = rebuilt(program.body, change), rebuilt(program.hidden, change)
    assert isinstance(body, Block) and isinstance(hidden, Block)
    return Program(body, hidden)


def simplifications(program: Program) -> Iterator[Program]:
    """With an expression replaced by a part of its own kind, or by a literal."""
    for node in list(walk(program.body)):
        if node.kind not in LITERALS:
            continue
        for part in walk(node):
            if part is not node and part.kind == node.kind and node.parts:
                yield _with(program, node, part)
        literal = LITERALS[node.kind][0]
        if node.text != literal:
            yield _with(program, node, leaf(node.kind, literal))
