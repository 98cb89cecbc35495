"""jitlint as a guest of flake8: positions, noqa, options, encodings, jobs, stdin, and files that cannot be read.

Everything goes through the command line, as a user would run it. One run checks a whole folder of cases.
"""

from __future__ import annotations

import codecs
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = """\
import jax
import jax.numpy as jnp


@jax.jit
def pad(x, n):
    return jnp.concatenate([x, jnp.zeros(n)])


slow = 1
fast = jax.jit(lambda x, flag: x + 1 if flag else x)
"""
FINDINGS = ("5:1: JIT101", "11:8: JIT103")

BODY = "\n    return jnp.zeros(n)\n"
IMPORTS = "import functools\n\nimport jax\nimport jax.numpy as jnp\n\n\n"
REFUSED = f"{IMPORTS}def f(x, n):{BODY}\n\n"
DEEP_LAMBDA = "lambda: " * 900 + "n"


def flake8(
    folder: Path, *arguments: str, stdin: bytes | None = None, isolated: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run flake8 in a folder."""
    command = [sys.executable, "-m", "flake8", *(["--isolated"] if isolated else []), *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=False, env=environment)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def by_file(output: str) -> dict[str, list[str]]:
    """What flake8 printed, `row:column: code` by the stem of the file."""
    found: dict[str, list[str]] = {}
    for line in output.splitlines():
        match = re.fullmatch(r"(?:\./)?(.+?)(?:\.py)?:(\d+:\d+: [A-Z]+\d+) .+", line)
        assert match is not None, f"not a report: {line!r}"
        found.setdefault(match[1], []).append(match[2])
    return found


# Files in many forms: all of them are written to one folder, and flake8 runs over it once.


@dataclass(frozen=True, slots=True)
class Case:
    """A file, and what flake8 says of it."""

    name: str
    content: bytes
    findings: tuple[str, ...] = ()


def case(name: str, content: str, *findings: str, encoding: str = "utf-8") -> Case:
    """A case from text."""
    return Case(name, content.encode(encoding), findings)


CASES = (
    # Places: the line of the report and the column, counted from 1 as flake8 prints it.
    case("decorator", PROGRAM, *FINDINGS),
    case("decorator_with_options", f"{IMPORTS}@jax.jit(donate_argnums=0)\ndef f(x, n):{BODY}", "7:1: JIT101"),
    case("decorator_partial", f"{IMPORTS}@functools.partial(jax.jit, inline=True)\ndef f(x, n):{BODY}", "7:1: JIT101"),
    case(
        "decorator_below_another",
        f"{IMPORTS}@functools.lru_cache\n@jax.jit\ndef f(x, n):{BODY}",
        "8:1: JIT101",
    ),
    case(
        "decorator_inside",
        f"{IMPORTS}def make():\n    @jax.jit\n    def f(x, n):\n        return jnp.zeros(n)\n\n    return f\n",
        "8:5: JIT101",
    ),
    case(
        "decorator_over_lines",
        f"{IMPORTS}@functools.partial(\n    jax.jit,\n    inline=True,\n)\ndef f(x, n):{BODY}",
        "7:1: JIT101",
    ),
    case("call", f"{IMPORTS}def f(x, n):{BODY}\n\ng = jax.jit(f)\n", "11:5: JIT101"),
    case("call_in_call", f"{IMPORTS}def f(x, n):{BODY}\n\ng = print, (jax.jit(f), 1)\n", "11:13: JIT101"),
    case(
        "call_on_a_later_line",
        f"{IMPORTS}def f(x, n):{BODY}\n\ng = [\n    1,\n    jax.jit(\n        f\n    ),\n]\n",
        "13:5: JIT101",
    ),
    case("call_of_partial", f"{IMPORTS}def f(x, n):{BODY}\n\ng = functools.partial(jax.jit)(f)\n", "11:5: JIT101"),
    case("call_behind_wide_characters", f"{IMPORTS}def f(x, n):{BODY}\n\nnaïveté = jax.jit(f)\n", "11:11: JIT101"),
    case(
        "staged",
        f"{IMPORTS}@jax.jit\ndef f(x):\n    y = x.sum()\n    if y > 0:\n        return -y\n    return y\n",
        "10:8: JIT403",
    ),
    case("bad_name_in_a_call", f"{REFUSED}g = jax.jit(f, static_argnames=('m',))\n", "11:16: JIT201"),
    case("bad_name_behind_wide_characters", f"{REFUSED}naïveté = jax.jit(f, static_argnames='m')\n", "11:22: JIT201"),
    case("bad_name_in_a_decorator", f"{IMPORTS}@jax.jit(static_argnames='m')\ndef f(x, n):{BODY}", "7:10: JIT201"),
    case(
        "bad_number_on_a_later_line",
        f"{REFUSED}g = jax.jit(\n    f,\n    static_argnums=(1, 2),\n)\n",
        "13:5: JIT202",
    ),
    case(
        "static_and_donated_in_partial",
        f"{IMPORTS}@functools.partial(jax.jit, static_argnums=1, donate_argnums=1)\ndef f(x, n):{BODY}",
        "7:47: JIT208",
    ),
    case(
        "options_kept_elsewhere",
        f"{REFUSED}options = {{'static_argnums': 5}}\ng = jax.jit(f, **options)\n",
        "12:5: JIT202",
    ),
    case("two_parameters", f"{IMPORTS}@jax.jit\ndef f(n, m):\n    return jnp.zeros((n, m))\n", *2 * ("7:1: JIT101",)),
    # Silenced lines
    case("noqa_code", f"{IMPORTS}@jax.jit  # noqa: JIT101\ndef f(x, n):{BODY}"),
    case("noqa_bad_name", f"{REFUSED}g = jax.jit(f, static_argnames=('m',))  # noqa: JIT201\n"),
    case("noqa_bad_number", f"{REFUSED}g = jax.jit(\n    f,\n    static_argnums=2,  # noqa: JIT202\n)\n"),
    case(
        "noqa_beside_a_bad_number",
        f"{REFUSED}g = jax.jit(  # noqa: JIT202\n    f,\n    static_argnums=2,\n)\n",
        "13:5: JIT202",
    ),
    case("noqa_prefix", f"{IMPORTS}@jax.jit  # noqa: JIT1\ndef f(x, n):{BODY}"),
    case("noqa_blanket", f"{IMPORTS}def f(x, n):{BODY}\n\ng = jax.jit(f)  # noqa\n"),
    case("noqa_other_code", f"{IMPORTS}@jax.jit  # noqa: JIT103\ndef f(x, n):{BODY}", "7:1: JIT101"),
    case(
        "noqa_at_the_sink",
        f"{IMPORTS}@jax.jit\ndef f(x, n):\n    return jnp.zeros(n)  # noqa: JIT101\n",
        "7:1: JIT101",
    ),
    case("noqa_one_of_two", PROGRAM.replace("@jax.jit\n", "@jax.jit  # noqa: JIT101\n"), FINDINGS[1]),
    # Line ends, encodings, white space
    case("crlf", PROGRAM.replace("\n", "\r\n"), *FINDINGS),
    case("no_last_newline", PROGRAM.rstrip("\n"), *FINDINGS),
    Case("bom", codecs.BOM_UTF8 + PROGRAM.encode(), FINDINGS),
    Case("bom_and_crlf", codecs.BOM_UTF8 + PROGRAM.replace("\n", "\r\n").encode(), FINDINGS),
    case("form_feed", PROGRAM.replace("\n\n\n", "\n\n\f\n"), *FINDINGS),
    case("form_feed_before_code", f"\f{PROGRAM}", *FINDINGS),
    case(
        "form_feed_in_text",
        f'"""One\f\nTwo\x0bThree\x1cFour\x85Five\u2028Six."""\n{PROGRAM}',
        "7:1: JIT101",
        "13:8: JIT103",
    ),
    case("tabs", PROGRAM.replace("    ", "\t"), *FINDINGS),
    case(
        "tabs_before_the_site",
        f"{IMPORTS}if True:\n\t@jax.jit\n\tdef f(x, n):\n\t\treturn jnp.zeros(n)\n",
        "8:2: JIT101",
    ),
    case(
        "latin_1",
        f"# -*- coding: latin-1 -*-\n# Größe, naïveté\n{PROGRAM}",
        "7:1: JIT101",
        "13:8: JIT103",
        encoding="latin-1",
    ),
    case(
        "coding_on_the_second_line",
        f"#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\nname = '€'\n{PROGRAM}",
        "8:1: JIT101",
        "14:8: JIT103",
        encoding="cp1252",
    ),
    case("wide_characters", PROGRAM.replace("slow = 1", "slow = 'naïveté \U0001f600'"), *FINDINGS),
    case("continued_lines", PROGRAM.replace("slow = 1", "slow = \\\n    1"), "5:1: JIT101", "12:8: JIT103"),
    case("type_comments", PROGRAM.replace("slow = 1", "slow = 1  # type: int"), *FINDINGS),
    # Little or nothing in the file
    case("empty", ""),
    Case("empty_with_bom", codecs.BOM_UTF8),
    case("one_newline", "\n"),
    case("only_comments", "# jax.jit\n# @jax.jit def f(n): return jnp.zeros(n)\n"),
    case("only_a_docstring", '"""@jax.jit"""\n'),
    case("only_jit_imported", "import jax\n\njit = jax.jit\n"),
    case("jit_in_text", f"name = 'jax.jit'\n\n\ndef jit(n):\n    return [0] * n, {'name'!r}\n"),
    # Files that Python cannot read
    case("syntax_error", f"{PROGRAM}\n\ndef broken(:\n    pass\n", "E999"),
    case("syntax_error_in_the_function", PROGRAM.replace("zeros(n)", "zeros(n n)"), "E999"),
    case("indentation_error", f"{PROGRAM}\n\ndef broken():\npass\n", "E999"),
    case("bracket_left_open", f"{PROGRAM}\n\nnames = (1,\n", "E999"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all the cases."""
    path = tmp_path_factory.mktemp("cases")
    for each in CASES:
        (path / f"{each.name}.py").write_bytes(each.content)
    return path


@pytest.fixture(scope="module")
def run(folder: Path) -> subprocess.CompletedProcess[str]:
    """One run of flake8 over all the cases."""
    return flake8(folder, "-j1", "--select=E9,JIT1,JIT2,JIT3,JIT4")


@pytest.mark.parametrize("each", CASES, ids=[each.name for each in CASES])
def test_case(run: subprocess.CompletedProcess[str], each: Case) -> None:
    """flake8 prints exactly these places and codes for the file."""
    found = by_file(run.stdout).get(each.name, [])
    if each.findings == ("E999",):
        # The place of a syntax error differs between versions of Python.
        found = [line.split()[-1] for line in found]
    assert tuple(found) == each.findings


def test_no_traceback_and_the_status_of_findings(run: subprocess.CompletedProcess[str]) -> None:
    """flake8 ends with 1 because of the findings, and nothing is on stderr."""
    assert (run.returncode, run.stderr) == (1, "")


def test_jobs_agree(folder: Path, run: subprocess.CompletedProcess[str]) -> None:
    """Two processes report what one reports."""
    parallel = flake8(folder, "-j2", "--select=E9,JIT1,JIT2,JIT3,JIT4")
    assert (parallel.returncode, parallel.stdout, parallel.stderr) == (run.returncode, run.stdout, run.stderr)


@pytest.mark.parametrize("name", ["decorator", "crlf", "bom", "latin_1", "empty", "syntax_error"])
def test_stdin(folder: Path, run: subprocess.CompletedProcess[str], name: str) -> None:
    """A file read from standard input is reported as the same file on disk."""
    content = (folder / f"{name}.py").read_bytes()
    done = flake8(folder, "--select=E9,JIT1,JIT2,JIT3,JIT4", f"--stdin-display-name={name}.py", "-", stdin=content)
    assert by_file(done.stdout).get(name, []) == by_file(run.stdout).get(name, [])
    assert (done.returncode, done.stderr) == (int(bool(done.stdout)), "")


# What the message says


def test_messages(tmp_path: Path) -> None:
    """The text names parameter, sink, line, helpers outermost first, and the declaration to write."""
    (tmp_path / "train.py").write_text(
        "import jax\n"
        "import jax.numpy as jnp\n"
        "\n"
        "\n"
        "def blank(size):\n"
        "    return jnp.zeros(size)\n"
        "\n"
        "\n"
        "def pad_rows(x, count):\n"
        "    return jnp.concatenate([x, blank(count)])\n"
        "\n"
        "\n"
        "@jax.jit\n"
        "def direct(x, n):\n"
        "    return x + jnp.zeros(n)\n"
        "\n"
        "\n"
        "@jax.jit\n"
        "def one_helper(n):\n"
        "    return blank(n)\n"
        "\n"
        "\n"
        "two_helpers = jax.jit(lambda x, n: pad_rows(x, n))\n"
    )
    done = flake8(tmp_path, "--select=JIT")
    traced = "JIT101 'n' is traced by jax.jit but sets a shape in jnp.zeros"
    declare = 'declare static_argnames=("n",)'
    assert [line.partition("train.py:")[2] for line in done.stdout.splitlines()] == [
        f"13:1: {traced} (line 15); {declare}",
        f"18:1: {traced} (line 6, via blank); {declare}",
        f"23:15: {traced} (line 6, via pad_rows, blank); {declare}",
    ]


# Selection


def test_version_lists_jitlint(tmp_path: Path) -> None:
    """flake8 knows the plugin by its name and version."""
    import jitlint

    assert f"jitlint: {jitlint.__version__}" in flake8(tmp_path, "--version").stdout.replace("\n", " ")


def test_jit_codes_are_on_by_default_but_9xx_only_when_asked_for(tmp_path: Path) -> None:
    """JIT901 is off by default, and --extend-select=JIT9 turns it on without losing anything else."""
    (tmp_path / "sizes.py").write_text(
        "import jax\n"
        "import jax.numpy as jnp\n"
        "\n"
        "\n"
        "@jax.jit\n"
        "def ramp(x, n=3):\n"
        "    return x + jnp.arange(n)\n"
        "\n"
        "\n"
        "@jax.jit\n"
        "def zeros(n):\n"
        "    return jnp.zeros(n)\n"
        "\n"
        "\n"
        "ramp(1)\n"
    )
    assert by_file(flake8(tmp_path).stdout) == {"sizes": ["10:1: JIT101"]}
    assert by_file(flake8(tmp_path, "--extend-select=JIT9").stdout) == {"sizes": ["5:1: JIT901", "10:1: JIT101"]}


# Options

WRAPPERS = """\
import jax.numpy as jnp
import mylib
from otherlib import nnx
from functools import partial
from mylib import jit as fast


@nnx.jit
def a(n):
    return jnp.zeros(n)


@fast
def b(n):
    return jnp.zeros(n)


@partial(mylib.jit, static_argnames="m")
def c(n, m):
    return jnp.zeros((n, m))


@mylib.other
def d(n):
    return jnp.zeros(n)


e = mylib.jit(d)
"""
WRAPPED = ["8:1: JIT101", "13:1: JIT101", "18:1: JIT101", "28:5: JIT101"]

UNCERTAIN = """\
import jax
import jax.numpy as jnp
from elsewhere import adjust


@jax.jit
def f(x, n):
    if x.ndim > 1:
        n = adjust(n)
    return jnp.zeros(n)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose findings depend on the options."""
    (tmp_path / "wrappers.py").write_text(WRAPPERS)
    (tmp_path / "uncertain.py").write_text(UNCERTAIN)
    return tmp_path


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
def test_options_are_read_from_configuration(project: Path, name: str) -> None:
    """The names of wrappers are those of the import or those in the file; pedantic reports uncertain flows."""
    (project / name).write_text("[flake8]\nselect = JIT1\njit-wrappers = mylib.jit, nnx.jit\njit-pedantic = true\n")
    done = flake8(project, "-j2", isolated=False)
    assert by_file(done.stdout) == {"wrappers": WRAPPED, "uncertain": ["6:1: JIT101"]}
    assert done.stderr == ""


def test_without_options_nothing_uncertain_is_said(project: Path) -> None:
    """A decorator that nobody declared to be jit is none, and what an unknown function returns is not reported."""
    done = flake8(project, "--select=JIT1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_options_on_the_command_line(project: Path) -> None:
    """The full name of the import works too; a name that no code uses does no harm."""
    done = flake8(project, "--select=JIT1", "--jit-wrappers=otherlib.nnx.jit,nobody.jit", "--jit-pedantic")
    assert by_file(done.stdout) == {"wrappers": WRAPPED[:1], "uncertain": ["6:1: JIT101"]}


def test_wrappers_on_lines_of_their_own(project: Path) -> None:
    """A list over several lines is the usual form in a configuration file."""
    (project / "setup.cfg").write_text(
        "[flake8]\nselect = JIT1\njit-wrappers =\n    mylib.jit\n    otherlib.nnx.jit,\n"
    )
    assert by_file(flake8(project, isolated=False).stdout) == {"wrappers": WRAPPED}


def test_a_bad_setting_is_named(project: Path) -> None:
    """The message names the setting and its value, and is no traceback."""
    (project / "setup.cfg").write_text("[flake8]\njit-wrappers = mylib.jit, 3x!\n")
    done = flake8(project, isolated=False)
    output = done.stdout + done.stderr
    assert done.returncode != 0
    assert "jit-wrappers" in output and "3x!" in output
    assert "Traceback" not in output


def test_help_tells_of_the_options(tmp_path: Path) -> None:
    """`flake8 --help` lists both."""
    text = flake8(tmp_path, "--help").stdout
    assert "--jit-wrappers" in text and "--jit-pedantic" in text


# What jitlint cannot follow


def test_too_deep_nesting_is_no_finding_but_a_warning(tmp_path: Path) -> None:
    """Where Python's recursion limit ends the analysis, flake8 goes on and stderr names the file."""
    (tmp_path / "deep.py").write_text(f"{IMPORTS}@jax.jit\ndef f(x, n):\n    x = [{DEEP_LAMBDA}]{BODY}")
    (tmp_path / "plain.py").write_text(PROGRAM)
    alone = flake8(tmp_path, "--select=JIT", "deep.py")
    assert (alone.returncode, alone.stdout) == (0, "")
    assert "deep.py" in alone.stderr and "jitlint" in alone.stderr
    assert "Traceback" not in alone.stderr
    both = flake8(tmp_path, "-j2", "--select=JIT")
    assert by_file(both.stdout) == {"plain": list(FINDINGS)}
    assert both.returncode == 1


DEEP = {
    "operators": "n" + " + 1" * 250,
    "negations": "-" * 300 + "n",
    "attributes": "x" + ".T" * 300,
    "subscripts": "n" + "[0]" * 250,
    "choices": "1 if x.ndim else " * 250 + "n",
    "brackets": "(" * 150 + "n" + ")" * 150,
    "lists": "[" * 90 + "n" + "]" * 90,
    "lambdas": DEEP_LAMBDA,
}


def test_deep_expressions_are_analysed_or_warned_of(tmp_path: Path) -> None:
    """Whatever flake8 itself can read ends in the finding or in a warning, never in a traceback."""
    for name, expression in DEEP.items():
        (tmp_path / f"{name}.py").write_text(f"{IMPORTS}@jax.jit\ndef f(x, n):\n    y = {expression}{BODY}")
    done = flake8(tmp_path, "-j1", "--select=JIT1")
    assert "Traceback" not in done.stderr
    found = by_file(done.stdout)
    for name in DEEP:
        assert (found.get(name) == ["7:1: JIT101"]) != (f"{name}.py" in done.stderr), name


LOADED = """\
import sys
from flake8.main.cli import main
status = main(["-j1", "--isolated", "--select=JIT1", sys.argv[1]])
print(status, *(name for name in ("libcst", "jax") if name in sys.modules))
"""


@pytest.mark.parametrize(("name", "last"), [("jit_in_text", "0"), ("decorator", "1 libcst")])
def test_what_a_run_loads(folder: Path, name: str, last: str) -> None:
    """libcst is loaded for the first file that applies jit; jax never is."""
    command = [sys.executable, "-c", LOADED, f"{name}.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == [last], done.stderr
