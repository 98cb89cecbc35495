"""What holds a traced number and what does not, after each way to keep it, hand it on or replace it: JAX is the judge.

`flows/modules.txt` has whole modules, parted by `====`: jitlint must report something exactly where `example()` raises.
Another file of `flows/` has rows, parted by empty lines: what a jitted function of an array `x` and a number `n` does
(behind what the module defines, if there is a line `---`), then the places that are looked at. Each place sets a
shape: jitlint must report something exactly where JAX raises.
"""

from __future__ import annotations

import ast
import contextlib
import io
import sys
import textwrap
import types
from pathlib import Path

import jax
import pytest

from jitlint.checker import check
from jitlint.settings import Settings

FLOWS = Path(__file__).parent / "flows"
IMPORTS = """\
import abc
import collections
import dataclasses
import functools
import itertools
import math
import operator
import types
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
"""
PROGRAM = """

{module}


@jax.jit
def form(x, n):
{body}
    return jnp.zeros({place})


def example():
    return form(jnp.ones((3, 4)), 2)
"""


def rows() -> list[tuple[str, str]]:
    """Each program, with an id that tells what it does and at which place it looks."""
    modules = (FLOWS / "modules.txt").read_text(encoding="utf-8").split("\n====\n")
    found = [(f"{IMPORTS}\n\n{text}", f"modules: {' | '.join(text.splitlines())}") for text in modules]
    for file in sorted(FLOWS.glob("*.txt")):
        if file.stem == "modules":
            continue
        for row in file.read_text(encoding="utf-8").strip().split("\n\n"):
            written, _, places = row.rpartition("\n>> ")
            module, _, body = written.rpartition("\n---\n")
            for place in places.split(";;"):
                source = IMPORTS + PROGRAM.format(
                    module=module, body=textwrap.indent(body, "    "), place=place.strip()
                )
                found.append((source, f"{file.stem}: {' | '.join(body.splitlines())} >> {place.strip()}"))
    return found


def error_of(source: str) -> Exception | None:
    module = types.ModuleType("flow")
    sys.modules["flow"] = module  # dataclasses look it up
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "<flow>", "exec"), module.__dict__)  # noqa: S102  the programs of `flows`
            module.example()
    except Exception as error:  # noqa: BLE001  whatever it raises is the answer
        return error
    return None


@pytest.mark.parametrize("source", [pytest.param(source, id=name) for source, name in rows()])
def test_jitlint_says_what_jax_says(source: str) -> None:
    error = error_of(source)
    said = check(source.splitlines(keepends=True), ast.parse(source), Settings(strict=True))
    found = [finding for finding in said if not finding.code.startswith("JIT9")]
    assert bool(found) is bool(error), f"JAX raises {error!r}, and jitlint says {found}"


def test_the_programs_run_without_jit() -> None:
    with jax.disable_jit():
        assert not [name for source, name in rows() if error_of(source) is not None]
