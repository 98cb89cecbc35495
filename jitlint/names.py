"""Names: dotted source text, and what an import statement binds."""

from __future__ import annotations

import libcst as cst

_CANONICAL = {
    "jax.experimental.pjit.pjit": "jax.jit",
    "jax.numpy.ndarray": "jax.Array",
    "typing.Callable": "collections.abc.Callable",
    "typing_extensions.NamedTuple": "typing.NamedTuple",
}


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


def canonical(qualified: str) -> str:
    """Return the name under which the engine knows a library object that has several."""
    return _CANONICAL.get(qualified, qualified)


def imported_module(node: cst.ImportFrom) -> str:
    """Return the module of `from module import ...`; a relative one keeps its dots."""
    dots = "." * len(node.relative)
    return dots + ((dotted(node.module) or "") if node.module is not None else "")


def absolute(qualified: str, package: str) -> str:
    """Return an absolute name for one that may start with dots; "" where the package has no such parent.

    package: what one dot stands for.
    """
    rest = qualified.lstrip(".")
    up = len(qualified) - len(rest)
    if not up:
        return qualified
    words = package.split(".") if package else []
    if up > len(words):
        return ""
    return ".".join([*words[: len(words) - up + 1], *([rest] if rest else [])])


def import_bindings(node: cst.Import | cst.ImportFrom) -> tuple[dict[str, str], str | None]:
    """Return local name -> qualified name for an import statement, and the module of a star import."""
    bindings: dict[str, str] = {}
    if isinstance(node, cst.Import):
        for alias in node.names:
            name = dotted(alias.name) or ""
            if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
                bindings[alias.asname.name.value] = canonical(name)
            else:
                top = name.partition(".")[0]
                bindings[top] = top
        return bindings, None
    module = imported_module(node)
    if isinstance(node.names, cst.ImportStar):
        return {}, module
    for alias in node.names:
        name = dotted(alias.name) or ""
        local = alias.asname.name if alias.asname is not None else alias.name
        if isinstance(local, cst.Name):
            separator = "" if module.endswith(".") else "."
            bindings[local.value] = canonical(f"{module}{separator}{name}")
    return bindings, None
