"""The oracle: 300 programs on which jitlint and JAX agree, and the machinery itself on programs with a known answer."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from jitlint.finding import Finding
from tests.oracle import agreement, limits, running
from tests.oracle.agreement import Kind
from tests.oracle.altered import altered, told
from tests.oracle.campaign import all_productions, examine_seed, run
from tests.oracle.examine import examine, has_undefined_names
from tests.oracle.forms import LONGEST, SHORTEST, make_program
from tests.oracle.limits import LIMITS, limit_of
from tests.oracle.shrink import shrunk
from tests.oracle.tree import Block, Program, leaf
from tests.oracle.verdict import Bench, DroppedError, judge

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = 300
IMPORTS = "from functools import partial\n\nimport jax\nimport jax.numpy as jnp\nimport numpy as np\n\n\n"


def module(text: str) -> Program:
    """A program written by hand."""
    return Program(Block((leaf("item", IMPORTS + text.strip("\n")),)))


def line_of(program: Program, text: str) -> int:
    """The line that holds a text."""
    return next(number for number, line in enumerate(program.source.splitlines(), 1) if text in line)


# The campaign


def test_jitlint_and_jax_agree() -> None:
    """Every production is used, and what differs is a class of docs/limits.md."""
    report = run(PROGRAMS, seed=2026, seconds=10.0)
    assert not report.unexplained, "\n\n".join(map(str, report.unexplained))
    assert report.judged > 0.8 * PROGRAMS, report.dropped
    assert report.counts["agreed"] > 2 * PROGRAMS
    assert report.counts["cited"] > PROGRAMS / 4
    assert len(report.used) > 0.9 * len(all_productions())


# Programs


def test_a_seed_is_a_program() -> None:
    assert make_program("1:7").source == make_program("1:7").source
    assert make_program("1:7").source != make_program("1:8").source


@pytest.mark.parametrize("number", range(40))
def test_programs_are_python_of_a_natural_length(number: int) -> None:
    source = make_program(f"form:{number}").source
    ast.parse(source)
    assert SHORTEST <= len(source.splitlines()) <= LONGEST
    assert re.search(r"\bjax\.jit\b", source)


@pytest.mark.parametrize("number", range(40))
def test_other_clothes_change_nothing(number: int) -> None:
    source = make_program(f"clothes:{number}").source
    other = altered(source, number)
    assert other.source != source
    assert told(agreement.findings(other.source), other) == told(agreement.findings(source))


# JAX's verdict

SIZE_AND_FLAG = module(
    """
def pad(x, n):
    return jnp.concatenate([x, jnp.zeros(n)])


@jax.jit
def run(x, n, scale, flag):
    if flag:
        return pad(x * scale, n)
    return x


def example():
    return run(jnp.ones(3), 2, 0.5, True)
"""
)


def test_each_parameter_is_judged_alone() -> None:
    """The size raises in the helper, the flag at the if, although as it is written only the if is reached."""
    truth = judge(SIZE_AND_FLAG.source)
    site = line_of(SIZE_AND_FLAG, "@jax.jit")
    assert {name for _, name in truth.fine} == {"x", "scale"}
    assert truth.raises[site, "n"][0].line == line_of(SIZE_AND_FLAG, "jnp.zeros(n)")
    assert line_of(SIZE_AND_FLAG, "pad(x * scale") in truth.raises[site, "n"][0].lines
    assert truth.raises[site, "flag"][0].name == "TracerBoolConversionError"
    assert [error.line for error in truth.written[site]] == [line_of(SIZE_AND_FLAG, "if flag")]


def test_static_parameters_are_not_judged() -> None:
    program = module(
        """
@partial(jax.jit, static_argnums=(-1,))
def run(x, n):
    return jnp.tile(x, n)


def example():
    return run(jnp.ones(3), 2)
"""
    )
    truth = judge(program.source)
    assert not truth.raises and not truth.written
    assert {name for _, name in truth.fine} == {"x"}


def test_what_jax_stages_by_itself_hides_nothing() -> None:
    """The test on an array of constants raises whatever is traced; what the parameters do is seen all the same."""
    program = module(
        """
TABLE = jnp.arange(3)


@jax.jit
def run(x, n):
    if TABLE.sum() > 1:
        return jnp.zeros(n)
    return x


def example():
    return run(jnp.ones(3), 2)
"""
    )
    truth = judge(program.source)
    site = line_of(program, "@jax.jit")
    assert [error.line for error in truth.written[site]] == [line_of(program, "if TABLE")]
    assert truth.raises[site, "n"][0].line == line_of(program, "jnp.zeros(n)")
    assert (site, "x") in truth.fine


def test_a_program_that_fails_without_jit_is_dropped() -> None:
    with pytest.raises(DroppedError):
        judge(module("def example():\n    return [1, 2][3]").source)


def test_a_branch_that_the_samples_do_not_take_is_found() -> None:
    program = module(
        """
@jax.jit
def run(x, n):
    if x.ndim == 2:
        return jnp.zeros(n)
    return x


def example():
    return run(jnp.ones(3), 2)
"""
    )
    bench = Bench(program.source)
    site = line_of(program, "@jax.jit")
    assert (site, "n") in bench.judge().fine
    assert any((site, "n") in bench.judge(variant).raises for variant in bench.variants(8))
    examined = examine(program)
    assert examined.comparison.elsewhere == 1 and not examined.disagreements


def test_a_raise_of_the_program_itself_is_no_fault_of_the_parameter() -> None:
    program = module(
        """
@jax.jit
def run(x, n):
    if not isinstance(n, int):
        raise TypeError("n must be an int")
    return x * n


def example():
    return run(jnp.ones(3), 2)
"""
    )
    examined = examine(program)
    assert examined.comparison.own == 1 and not examined.disagreements


def test_the_name_of_a_loop_is_bound_where_its_body_is_left_out() -> None:
    """Otherwise no run would come to the place that only counts where the loop runs over nothing."""
    program = module(
        """
@jax.jit
def run(x, n):
    for i in range(x.shape[0]):
        n = 2
    return jnp.zeros(n) + i


def example():
    return run(jnp.ones(2), 2)
"""
    )
    examined = examine(program)
    assert examined.comparison.elsewhere == 1 and not examined.disagreements


def test_a_program_that_handles_an_error_without_jit_is_dropped() -> None:
    """But for its own raise statements."""
    text = """
def example():
    try:
        {}
    except (KeyError, TypeError):
        return 1
"""
    with pytest.raises(DroppedError):
        judge(module(text.format("return 1 + 'a'")).source)
    judge(module(text.format("raise KeyError('a')")).source)


def test_a_program_that_never_ends_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if it handles every exception."""
    monkeypatch.setattr(running, "SECONDS", 0.5)
    program = module(
        """
def example():
    while True:
        try:
            1 / 1
        except Exception:
            pass
"""
    )
    assert examine(program).dropped.startswith("TooSlowError")


def test_a_loop_of_jax_that_never_ends_is_dropped() -> None:
    """No run comes to it, but a trace in which operations on constants are done at once."""
    program = module(
        """
from jax import lax


@jax.jit
def run(x, n):
    if jnp.ones(3).sum() > 0:
        x = x * 2
    body = lambda c: c + lax.while_loop(lambda c: c < 2 * c, lambda c: c + 1.0, 1.0)
    return lax.while_loop(lambda c: c < 1.0, body, 1.0) * n


def example():
    return run(jnp.ones(3), 2)
"""
    )
    assert examine(program).dropped == "TooSlowError"


def test_loops_of_jax_that_never_end_are_stopped_under_vmap() -> None:
    """There they are compiled even without jit."""
    program = module(
        """
def run(v):
    return jax.lax.while_loop(lambda c: c > -1, lambda c: c + v * 0, 1.0)


def example():
    return jax.vmap(run)(jnp.ones(3))
"""
    )
    assert not examine(program).dropped


def test_a_name_that_nothing_binds_makes_no_program() -> None:
    """The shrinker leaves none behind, not even where no sample value leads."""
    assert has_undefined_names("def f(x):\n    if x:\n        return nullcontext()")
    assert not has_undefined_names("def f(x):\n    match x:\n        case [y, *z]:\n            return y, z, len(x)")


GUARDED = module(
    """
@jax.jit
def run(x, n, k):
    if isinstance(k, int):
        return x
    for _ in range(k):
        x = x + 1
    return jnp.zeros(n)


def example():
    return run(jnp.ones(2), 2, 3)
"""
)


def test_a_place_behind_the_error_of_another_parameter_is_found() -> None:
    """Only with k traced does Python come to the size, and there k is needed before."""
    bench = Bench(GUARDED.source)
    site = line_of(GUARDED, "@jax.jit")
    truth = bench.judge(only={(site, "n")})
    assert (site, "n") in truth.fine
    assert [error.line for error in truth.met[site, "n"]][:1] == [line_of(GUARDED, "range(k)")]
    assert (site, "n") not in truth.repaired


def test_two_parameters_to_blame_at_one_line_are_told_apart() -> None:
    """Behind the guard both are needed, in one line: the one that is asked about is not taken for the other."""
    program = module(
        """
@jax.jit
def run(sizes, k):
    if not isinstance(k, int):
        return all(size > 0 for size in sizes), jnp.zeros(k)


def example():
    return run((2, 3), 3)
"""
    )
    bench = Bench(program.source)
    site = line_of(program, "@jax.jit")
    truth = bench.judge(only={(site, "sizes")})
    assert (site, "sizes") in truth.fine
    assert {error.name for error in truth.repaired[site, "sizes"]} == {"TracerBoolConversionError"}


@pytest.mark.parametrize(
    "test",
    [
        pytest.param("x is None", id="what is traced may be None at another call"),
        pytest.param("callable(n)", id="a static argument may be a function"),
        pytest.param("(x * (n is None)).sum() == 0", id="only what is asked of the value itself is a guard"),
    ],
)
def test_a_branch_behind_a_guard_is_found(test: str) -> None:
    program = module(
        f"""
@partial(jax.jit, static_argnames="n")
def run(x, n):
    if {test}:
        if jnp.ones(3).sum() > 0:
            return 1
    return x


def example():
    return run(np.ones(3), 2)
"""
    )
    examined = examine(program)
    assert not examined.disagreements


def test_a_loop_over_nothing_may_run() -> None:
    """Which of two places needs the flag first depends on the length of the loop."""
    program = module(
        """
@jax.jit
def run(x, flag):
    for first in range(2):
        for _ in range(first):
            if flag:
                x = x * 2
        if flag:
            x = x + 1
    return x


def example():
    return run(jnp.ones(3), True)
"""
    )
    examined = examine(program)
    assert not examined.disagreements


def test_another_shape_may_decide() -> None:
    """Which item decides `any` is an affair of the values."""
    program = module(
        """
@jax.jit
def run(x, n):
    return any(size > 2 for size in x.shape + (n,))


def example():
    return run(jnp.ones(3), 2)
"""
    )
    examined = examine(program)
    assert examined.comparison.elsewhere == 1 and not examined.disagreements


def test_a_guard_on_another_parameter_of_an_inner_site_counts() -> None:
    """Alone the flag would raise, but the inner jit traces the number too, so the guard keeps Python from the place."""
    program = module(
        """
@jax.jit
def inner(flag, n):
    return 1 if isinstance(n, int) and flag else 2


@partial(jax.jit, static_argnames="flag")
def run(flag, n):
    return inner(flag, n)


def example():
    return run(True, 2)
"""
    )
    examined = examine(program)
    assert examined.comparison.own == 1 and not examined.disagreements


def test_a_site_is_called_as_the_program_calls_it() -> None:
    """A number from the end counts what is passed by position: here JAX refuses it."""
    program = module(
        """
@partial(jax.jit, static_argnums=-3)
def run(x, n, flag):
    return x * n if flag else x


def example():
    return run(jnp.ones(3), 2, flag=True)
"""
    )
    assert examine(program).dropped.startswith("Positional argument indices")


def test_jit_above_jit_refuses_at_the_call() -> None:
    """What the outer one traces is static for the inner one: no line of the program is in the traceback."""
    program = module(
        """
@jax.jit
@partial(jax.jit, static_argnames="n")
def run(x, n):
    return x * n


def example():
    return run(jnp.ones(3), 2)
"""
    )
    examined = examine(program)
    assert examined.comparison.agreed == 3 and not examined.disagreements


def test_a_static_number_may_be_a_tuple_at_another_call() -> None:
    """jax.checkpoint traces what it is given: then a number is a tracer, a tuple is not."""
    program = module(
        """
@partial(jax.jit, static_argnames="n")
@jax.checkpoint
def run(x, n):
    if not isinstance(n, jax.core.Tracer):
        if jnp.ones(3).sum() > 0:
            return x
    return x * 2


def example():
    return run(jnp.ones(3), 2)
"""
    )
    examined = examine(program)
    assert examined.comparison.elsewhere == 1 and not examined.disagreements


def test_a_static_integer_may_be_a_float_at_another_call() -> None:
    """Behind a guard that lets integers pass: the tuple is compared where `n` is a float."""
    program = module(
        """
@jax.jit
def run(n, sizes, k):
    return range(k) if isinstance(n, int) else n * max(sizes) * len(range(k))


def example():
    run(2, (2, 3), 2)
"""
    )
    examined = examine(program)
    assert examined.comparison.elsewhere == 1 and not examined.disagreements


def test_a_fault_in_a_loop_that_never_turns_is_no_affair_of_the_arguments() -> None:
    """JAX traces its body; without jit it is not run."""
    program = module(
        """
@jax.jit
def run(x):
    return jax.lax.while_loop(lambda c: c < 0.5, lambda c: c * [1.0, 2.0][2], 1.0)


def example():
    return run(jnp.ones(3))
"""
    )
    assert not examine(program).disagreements


def test_a_fault_that_only_a_trace_shows_drops_the_program() -> None:
    """A carry that changes its type is no affair of the arguments."""
    program = module(
        """
@jax.jit
def run(x):
    return jax.lax.scan(lambda carry, v: (x, v), 0.0, x)


def example():
    return run(jnp.ones(3))
"""
    )
    assert examine(program).dropped.startswith("scan body function")


def test_an_error_of_another_parameter_confirms_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    program = module(
        """
@jax.jit
def run(x, n, k):
    return jnp.zeros(n) + k


def example():
    return run(jnp.ones(2), 2, 3)
"""
    )
    engine_that(
        monkeypatch, lambda found, source: [*found, replace(found[0], message=found[0].message.replace("'n'", "'k'"))]
    )
    assert kinds(program) == {Kind.FALSE}


def test_a_wrong_4xx_before_another_error_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A size that is declared later does not hide what is said of an array."""
    wrong = Finding(13, 4, "JIT403", "'x' is traced by jax.jit but decides a Python branch (reached from line 12); use")
    assert line_of(SIZE_AND_FLAG, "@jax.jit") == 12
    engine_that(monkeypatch, lambda found, source: [*found, wrong])
    assert kinds(SIZE_AND_FLAG) == {Kind.FALSE_ARRAY}


# A wrong engine is noticed


def engine_that(monkeypatch: pytest.MonkeyPatch, change: object) -> None:
    """Put a change between jitlint's findings and the comparison."""
    right = agreement.findings
    monkeypatch.setattr(agreement, "findings", lambda source: change(right(source), source))  # type: ignore[operator]


def kinds(program: Program) -> set[Kind]:
    """The kinds of disagreement on a program."""
    return {disagreement.kind for disagreement in examine(program).disagreements}


def test_the_right_engine_agrees() -> None:
    assert kinds(SIZE_AND_FLAG) == set()


def test_a_missed_alarm_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    engine_that(monkeypatch, lambda found, source: [f for f in found if "'n'" not in f.message])
    assert kinds(SIZE_AND_FLAG) == {Kind.MISSED}


def test_a_false_alarm_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    engine_that(
        monkeypatch,
        lambda found, source: [*found, replace(found[0], message=found[0].message.replace("'n'", "'scale'"))],
    )
    assert kinds(SIZE_AND_FLAG) == {Kind.FALSE}


def test_a_false_alarm_on_an_array_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    program = module(
        "@jax.jit\ndef run(x):\n    y = x * 2\n    return y\n\n\ndef example():\n    return run(jnp.ones(3))"
    )
    line = line_of(program, "y = x * 2")
    wrong = Finding(
        line, 4, "JIT403", "'x' is traced by jax.jit but decides a Python branch (reached from line 8); use"
    )
    engine_that(monkeypatch, lambda found, source: [wrong])
    assert kinds(program) == {Kind.FALSE_ARRAY}


def test_a_wrong_line_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    engine_that(
        monkeypatch, lambda found, source: [replace(f, message=f.message.replace("(line 9", "(line 8")) for f in found]
    )
    assert line_of(SIZE_AND_FLAG, "jnp.zeros(n)") == 9
    assert kinds(SIZE_AND_FLAG) == {Kind.LINE}


def test_a_crash_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    engine_that(monkeypatch, lambda found, source: 1 / 0)
    assert kinds(SIZE_AND_FLAG) == {Kind.CRASH}


def test_an_engine_that_reads_names_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is silent as soon as there is a comment of a certain kind, or a name with a certain end."""
    from tests.oracle import campaign

    right = agreement.findings

    def wrong(source: str) -> list[Finding]:
        return [] if re.search(r"\w_(a|value|x1)\b", source) else right(source)

    for owner in (agreement, campaign):
        monkeypatch.setattr(owner, "findings", wrong)
    reports = [examine_seed(f"names:{number}", 0) for number in range(15)]
    assert any(failure.disagreement.kind is Kind.UNSTABLE for report in reports for failure in report.failures)


# Shrinking


def test_programs_are_made_small() -> None:
    """What is left of a program is what the disagreement needs, and little else."""
    start = next(
        program for number in range(1000) if "jnp.tile(" in (program := make_program(f"small:{number}")).source
    )
    small = shrunk(start, lambda program: "jnp.tile(" in program.source and "def example" in program.source)
    assert len(small.source.splitlines()) <= 12 < len(start.source.splitlines())


def test_a_missed_alarm_is_made_small_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that does not know jnp.zeros misses what a few lines show."""
    engine_that(monkeypatch, lambda found, source: [f for f in found if "jnp.zeros" not in f.message])
    for number in range(400):
        if "jnp.zeros(" not in make_program(f"zeros:{number}").source:
            continue
        failures = [f for f in examine_seed(f"zeros:{number}", 30.0).failures if f.disagreement.kind is Kind.MISSED]
        if failures:
            source = failures[0].program.source
            assert "jnp.zeros(" in source and len(source.splitlines()) <= 25
            assert "MISSED" in failures[0].disagreement.kind.name and "jnp.zeros" in str(failures[0])
            return
    pytest.fail("no program of these shows it")


# Known limits


PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("heading", sorted({limit.heading for limit in LIMITS}))
def test_a_limit_stands_in_the_documentation(heading: str) -> None:
    """With minimal programs, which tests/test_limits.py runs, and which are recognised."""
    section = PAGE.partition(f"\n### {heading}\n")[2].partition("\n#")[0]
    programs = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    modules = [module(f"{text}\n\ndef example():\n    pass") for text in programs]
    found = [(program, disagreement) for program in modules for disagreement in examine(program).disagreements]
    assert {limit.heading if limit else "" for limit in (limit_of(*pair) for pair in found)} == {heading}


def test_a_fault_that_has_nothing_to_do_with_a_limit_is_of_no_class(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that does not know jnp.zeros misses it with a handler around, and with a negative number."""
    program = module(
        """
@partial(jax.jit, static_argnums=(-1,))
def run(x, n, flag):
    try:
        shape = x.shape + (2,)
        return jnp.zeros(n), shape
    except KeyError:
        return callable(n)


def example():
    return run(jnp.ones(3), 2, True)
"""
    )
    right = agreement.findings
    for owner in (agreement, limits):
        monkeypatch.setattr(owner, "findings", lambda source: [f for f in right(source) if "zeros" not in f.message])
    (disagreement,) = examine(program).disagreements
    assert disagreement.kind is Kind.MISSED and limit_of(program, disagreement) is None
