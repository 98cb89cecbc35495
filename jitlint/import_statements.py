"""Import statements: what they bind, as far as the words say."""

from __future__ import annotations

import ast
from dataclasses import dataclass

_CANONICAL = {
    "jax.experimental.pjit.pjit": "jax.jit",
    "jax.numpy.ndarray": "jax.Array",
    "typing.Callable": "collections.abc.Callable",
    "typing_extensions.NamedTuple": "typing.NamedTuple",
}


def canonical(qualified: str) -> str:
    """Return the name under which the engine knows a library object that has several."""
    return _CANONICAL.get(qualified, qualified)


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


@dataclass(frozen=True, slots=True)
class ImportStatement:
    """An import statement.

    module: what `from` names, with the dots of a relative one; None for `import a.b`.
    names: what is imported, and the name that `as` gives it ("" for none). `*` stands for everything.
    """

    module: str | None
    names: tuple[tuple[str, str], ...]

    @property
    def star(self) -> bool:
        """Whether everything is imported."""
        return any(name == "*" for name, _ in self.names)

    def bindings(self) -> dict[str, str]:
        """Return local name -> qualified name; a relative one keeps its dots."""
        found: dict[str, str] = {}
        for name, local in self.names:
            if self.module is None:
                top = name.partition(".")[0]
                found[local or top] = canonical(name) if local else top
            elif name != "*":
                separator = "" if self.module.endswith(".") else "."
                found[local or name] = canonical(f"{self.module}{separator}{name}")
        return found


def read_ast_import(node: ast.Import | ast.ImportFrom) -> ImportStatement:
    """Read an import statement of Python's own tree."""
    module = "." * node.level + (node.module or "") if isinstance(node, ast.ImportFrom) else None
    return ImportStatement(module, tuple((alias.name, alias.asname or "") for alias in node.names))
