"""Names: dotted source text, and what an import statement binds."""

from __future__ import annotations

import libcst as cst

from jitlint.import_statements import ImportStatement


def dotted(node: cst.CSTNode) -> str | None:
    """Return the source text of a dotted name such as `jnp.zeros`, None for any other expression."""
    words: list[str] = []
    while isinstance(node, cst.Attribute):
        words.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return None
    words.append(node.value)
    return ".".join(reversed(words))


def read_import(node: cst.Import | cst.ImportFrom) -> ImportStatement:
    """Read an import statement of the engine's tree."""
    module = None
    if isinstance(node, cst.ImportFrom):
        module = "." * len(node.relative) + ((dotted(node.module) or "") if node.module is not None else "")
    if isinstance(node.names, cst.ImportStar):
        return ImportStatement(module, (("*", ""),))
    names = []
    for alias in node.names:
        local = alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else ""
        names.append((dotted(alias.name) or "", local))
    return ImportStatement(module, tuple(names))
