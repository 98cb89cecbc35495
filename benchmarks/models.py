"""What the models cost: the time that each file spends on finding and reading stub lines, in one process.

    python benchmarks/models.py FOLDER [FOLDER ...]

Prints, for the files that apply jit: how many, the time of the first one (it reads the stub files), the mean and the
highest of the others, all in milliseconds; and whether files without jit load any model at all.
"""

from __future__ import annotations

import ast
import sys
import time
from pathlib import Path
from statistics import mean
from typing import Any

from jitlint.checker import NotAnalysedError, check
from jitlint.settings import Settings

WITHOUT_JIT = "import jax.numpy as jnp\n\nprint(jnp.zeros(3))\n"


def main(folders: list[str]) -> None:
    check(WITHOUT_JIT.splitlines(True), ast.parse(WITHOUT_JIT), Settings())
    print(f"models loaded by a file without jit: {'jitlint.models.loader' in sys.modules}")
    spent = [time_of(file) for folder in folders for file in sorted(Path(folder).rglob("*.py"))]
    applied = [seconds * 1e3 for seconds in spent if seconds]
    if len(applied) < 2:
        sys.exit("fewer than two files that apply jit")
    first, others = applied[0], applied[1:]
    print(f"files that apply jit: {len(applied)}")
    print(f"the first: {first:.2f} ms, the others: {mean(others):.2f} ms in the mean, {max(others):.2f} ms at most")


def time_of(file: Path) -> float:
    """Seconds that the analysis of a file spends in the models; 0 where it asks for none."""
    from jitlint.models.loader import Models

    total = 0.0
    depth = 0

    def timed(method: Any) -> Any:
        def run(*args: Any) -> Any:
            nonlocal total, depth
            depth += 1
            begin = time.perf_counter()
            try:
                return method(*args)
            finally:
                depth -= 1
                if not depth:
                    total += time.perf_counter() - begin

        return run

    originals = {name: getattr(Models, name) for name in ("find", "has_module", "names")}
    for name, method in originals.items():
        setattr(Models, name, timed(method))
    try:
        text = file.read_text(encoding="utf-8")
        check(text.splitlines(True), ast.parse(text), Settings())
    except (NotAnalysedError, SyntaxError, UnicodeDecodeError):
        pass
    finally:
        for name, method in originals.items():
            setattr(Models, name, method)
    return total


if __name__ == "__main__":
    main(sys.argv[1:])
