"""Attributes that a file assigns outside of constructors: what an instance was made with may have changed since."""

from __future__ import annotations

import re

from jitlint.dataflow.frames import File

CONSTRUCTORS = ("__init__", "__post_init__")
"""Methods that give an instance its attributes."""

_READ = re.compile(
    r"^[ \t]*(?:async[ \t]+)?def[ \t]+(?P<function>\w+)"
    r"|^[ \t]*(?P<targets>[\w.]+(?:[ \t]*,[ \t]*[\w.]+)+)[ \t]*=(?!=)"
    r"|(?P<owner>\w+)?(?P<rest>[\w\])]*)\.(?P<stored>\w+)[ \t]*(?::[^=\n]{1,80})?(?:[-+*/|&^%@]|//|\*\*|<<|>>)?=(?!=)"
    r"|(?:set|del)attr\([^,\n]*,[ \t]*(?P<named>['\"]\w+['\"])?"
    r"|(?P<whole>__dict__)",
    re.MULTILINE,
)
_FILLED = re.compile(
    r"\.(\w+)(?:\.(?:append|extend|insert|add|update|setdefault|pop|popitem|remove|clear|discard)\("
    r"|\[[^\]\n]*\][ \t]*=(?!=))"
)
"""An attribute whose container grows or changes."""


def may_change(file: File | None, name: str) -> bool:
    """Whether something in a file, other than a constructor with `self`, stores into an attribute of that name."""
    if file is None:
        return False
    if file.stores is None:
        file.stores = _read_stores(file.text)
    return name in file.stores or "*" in file.stores


def may_be_filled(file: File | None, name: str) -> bool:
    """Whether something in a file changes the container that an attribute of that name holds."""
    if file is None:
        return False
    if file.filled is None:
        file.filled = frozenset(_FILLED.findall(file.text))
    return name in file.filled


def _read_stores(text: str) -> frozenset[str]:
    """Return the names of such attributes; "*" where they are computed."""
    found: set[str] = set()
    function = ""
    for match in _READ.finditer(text):
        constructs = function in CONSTRUCTORS
        if match["function"]:
            function = match["function"]
        elif match["targets"] and not constructs:
            found.update(target.rpartition(".")[2].strip() for target in match["targets"].split(","))
        elif match["stored"]:
            if not constructs or match["owner"] != "self" or match["rest"]:
                found.add(match["stored"])
        elif match["whole"] or not match["targets"] and not match["named"]:
            found.add("*")
        elif match["named"] and not constructs:
            found.add(match["named"][1:-1])
    return frozenset(found)
