"""What an import statement binds: something of a library, or of another file of the project."""

from __future__ import annotations

from jitlint.dataflow.frames import Frame
from jitlint.dataflow.state import Imports
from jitlint.dataflow.values import Imported, Library, Value
from jitlint.import_statements import ImportStatement, absolute


def bind_import(imports: Imports | None, frame: Frame, statement: ImportStatement) -> None:
    """Bind the names of an import statement. imports: what decides which modules are read, None for no other file."""
    root = frame.root
    package = "" if root.file is None else root.file.package
    source = absolute(statement.module, package) if statement.module is not None else None
    for name, qualified in statement.bindings().items():
        target = absolute(qualified, package)
        is_own = imports is not None and bool(target) and imports.owns(target if source is None else source)
        frame.bind(name, Value(form=Imported(target) if is_own else Library(qualified)))
    if statement.star:
        root.star_imports += (source or statement.module or "",)
