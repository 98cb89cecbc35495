"""The state of an analysis: of the whole file, of one function that runs, and what they record."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import libcst as cst

from jitlint.calls_elsewhere import Passage
from jitlint.dataflow.frames import File, Frame
from jitlint.dataflow.lattice import join, join_all, join_present
from jitlint.dataflow.parameters import Definition
from jitlint.dataflow.stores import CONSTRUCTORS
from jitlint.dataflow.values import UNKNOWN, Class, Display, Form, Function, Instance, JitSite, Origin, SinkKind, Value
from jitlint.models import Models
from jitlint.settings import Settings

MAX_DEPTH = 24
"""Calls nested deeper than this are unknown."""
MAX_UNROLLED = 8
"""A loop, a comprehension or `map` over a display runs item by item, if its body then runs at most this many times."""
MAX_RUNS = 4000
"""Function bodies run per file before the rest is left alone."""
NOTHING_YIELDED = Value(form=Display("list"))
"""What a generator has yielded at its beginning."""
EXPECTED = "expected"
"""Among the classes that are caught: errors of a trace are wanted here, or nothing is traced."""


class Evidence(enum.Enum):
    """What a use tells of a parameter."""

    ARRAY = "used as an array"
    NUMBER = "replaced by a number where it is not given"
    CONTAINER = "used as a container"
    OBJECT = "used as an object with attributes of its own"
    TEXT = "compared with a string"
    CALLED = "called"


@dataclass(frozen=True, slots=True)
class Sink:
    """A place that needs a Python value and does not get one.

    origin: the parameter to blame, None for a staged value.
    names: parameters that a staged value was made of.
    via: helpers between the wrapped function and the sink, outermost first.
    """

    kind: SinkKind
    node: cst.CSTNode
    phrase: str
    origin: Origin | None
    names: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    array: bool = False
    """The sink is one for arrays (`np.asarray`), not for numbers."""
    number: bool = False
    """A number fails here, an array does not."""
    direct: bool = False
    """The parameter itself is used, not something computed from it."""
    truth: bool = False
    """The truth of the value is needed: anything has one, a container too."""
    conditional: bool = False
    """Whether it is reached depends on a test that was not decided."""
    file: File | None = None
    """The file that it is in, None for the linted one."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A use that tells what kind of object a parameter is."""

    evidence: Evidence
    name: str
    node: cst.CSTNode
    via: tuple[str, ...] = ()
    file: File | None = None
    """The file that it is in, None for the linted one."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A place that needs a whole number and gets a float."""

    node: cst.CSTNode
    phrase: str
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caught:
    """A sink under a handler: with one of these parameters traced, control leaves for the handler.

    handlers: the classes of those that may catch it. always: whatever is traced.
    """

    names: frozenset[str]
    handlers: frozenset[str]
    always: bool = False
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A place that gives a traced parameter to another function under jit, which traces it too.

    parameter: the one of the other function. whole: it is the parameter itself, not something computed from it.
    """

    site: JitSite
    parameter: str
    origin: Origin
    node: cst.CSTNode
    whole: bool
    via: tuple[str, ...] = ()
    conditional: bool = False
    """Whether control comes here depends on a test that was not decided."""


Event = Sink | Clue | Misfit | HandedOver | Caught


@dataclass(frozen=True, slots=True)
class CallInSight:
    """A call of a jitted function in this file: which parameter gets what.

    positional, keywords: as the jitted function gets them, what a partial or a method adds included.
    tracing: the call is made inside another trace. catching: the exception classes that a handler around it catches.
    """

    site: JitSite
    arguments: tuple[tuple[str, Value], ...]
    node: cst.CSTNode
    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    tracing: bool = False
    catching: frozenset[str] = frozenset()
    file: File | None = None
    """The file that it is in, None for the linted one."""

    def written(self, parameter: str) -> cst.BaseExpression | None:
        """Return the expression that the call gives to a parameter, None if that is not in it."""
        if not isinstance(self.node, cst.Call):
            return None
        for given in self.node.args:
            if given.keyword is not None and given.keyword.value == parameter:
                return given.value
        plain = [given.value for given in self.node.args if not given.keyword and not given.star]
        order = [name for name, _ in self.arguments]
        index = order.index(parameter) - len(self.positional) + len(plain) if parameter in order else -1
        return plain[index] if 0 <= index < len(plain) else None


@dataclass(slots=True, eq=False)
class LoopExits:
    """Environments that leave a loop's body early. turns: how often it runs, item by item; 1 if any number of times."""

    breaks: list[Environment] = field(default_factory=list)
    continues: list[Environment] = field(default_factory=list)
    turns: int = 1


@dataclass(frozen=True, slots=True)
class Environment:
    """A copy of what is known at one point: the frame's bindings, the origins that can't be traced here, and what a
    generator has yielded.
    """

    bindings: dict[str, Value]
    suppressed: frozenset[str]
    yielded: Value | None = None


class Imports(Protocol):
    """What the import statements of a file lead to, in other files of its project."""

    def owns(self, qualified: str) -> bool:
        """Whether a module of that name is read; models go before."""

    def resolve(self, qualified: str) -> Value | None:
        """Return the value of a module or of something in one; None if it is not there."""

    def starred(self, module: str, name: str) -> Value | None:
        """Return what a star import from a module binds to a name."""

    def passages(self, function: str, positions: Sequence[str], keywords: Sequence[str]) -> dict[str, Passage]:
        """Return the parameters of a function of the file that calls in other files pass.

        positions: those that may be passed by position, in order. keywords: those that may be passed by name.
        """

    def derives(self, name: str) -> bool:
        """Whether a file of the project derives from a class of that name."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a function does with its arguments: what it returns, what it records, and those whose objects it has
    changed, as they are then.
    """

    value: Value
    events: tuple[Event, ...]
    left: tuple[tuple[str, Value], ...] = ()


@dataclass(slots=True, eq=False)
class Analysis:
    """Everything known of one file. `run` executes a function of the file (of `summaries`), `annotated` reads what an
    annotation tells of a value that is not traced (of `annotated_classes`).
    """

    settings: Settings
    models: Models
    module: Frame
    visit: frozenset[str]
    run: Callable[[Function, dict[str, Value], Scope], Value]
    annotated: Callable[[Analysis, Frame, cst.BaseExpression | None], Value]
    sites: dict[JitSite, None] = field(default_factory=dict)
    calls: list[CallInSight] = field(default_factory=list)
    pending: list[tuple[Function, Scope]] = field(default_factory=list)
    summaries: dict[object, Summary] = field(default_factory=dict)
    definitions: dict[cst.CSTNode, Definition] = field(default_factory=dict)
    classes: dict[cst.CSTNode, Class] = field(default_factory=dict)
    named_classes: dict[cst.CSTNode, tuple[Form | None, bool] | None] = field(default_factory=dict)
    """What annotations name, and whether None is allowed beside it."""
    traced_instances: dict[object, Instance | None] = field(default_factory=dict)
    """What jit makes of the instances of a class, by class, origins and whether they are of no derived class."""
    imports: Imports | None = None
    tree: cst.Module = field(default_factory=lambda: cst.Module(()))
    """The syntax of the linted file, without what jit can't reach."""
    runs: int = 0
    present: frozenset[str] = frozenset()
    """Parameters of the site under analysis that every call in sight passes."""
    leaves: frozenset[str] = frozenset()
    """Those of them that every call in sight gives a number or an array, or each time a container of these."""
    observed: dict[cst.CSTNode, list[Value]] | None = None
    """What each expression gave inside jit; kept only while somebody asks."""

    @property
    def own_calls(self) -> tuple[CallInSight, ...]:
        """The calls in sight that are in the linted file, each once, but for those that want an error."""
        own = (call for call in self.calls if call.file is None and EXPECTED not in call.catching)
        return tuple(dict.fromkeys(own))


@dataclass(slots=True, eq=False)
class Scope:
    """One function (or the module) that runs.

    tracing: inside jit; otherwise JAX operations give concrete arrays and nothing is a sink.
    eager: inside `jax.ensure_compile_time_eval()`.
    catching: names of the exception classes that a `try` around catches.
    suppressed: parameters that can't be traced where control is now; "" where control can't come at all.
    undecided: whether control comes here depends on a test that was not decided.
    """

    analysis: Analysis
    frame: Frame
    tracing: bool = False
    eager: bool = False
    catching: frozenset[str] = frozenset()
    stack: tuple[Definition, ...] = ()
    suppressed: frozenset[str] = frozenset()
    reachable: bool = True
    undecided: bool = False
    returned: Value | None = None
    yielded: Value | None = None
    """The list of what a generator has yielded; None as long as that is nothing."""
    ends: list[Value | None] = field(default_factory=list)
    """What a generator has yielded where it returns."""
    loops: list[LoopExits] = field(default_factory=list)
    raised: list[Environment] | None = None
    """What is known where the statements of the innermost `try` raise; None outside of any."""
    events: dict[Event, None] = field(default_factory=dict)
    owner: Class | None = None
    """The class whose body runs."""
    function: Function | None = None
    """The function that runs, None for a file or a class body."""
    own: set[str] = field(default_factory=set)
    """The names that the function itself binds."""
    changed: set[str] = field(default_factory=set)
    """The names that it does not bind and whose objects it changes."""
    aliases: dict[str, set[str]] = field(default_factory=dict)
    """Names that may be bound to the same object, by each of them."""
    left: tuple[tuple[str, Value], ...] = ()
    """The arguments that the last call has changed, by parameter, as they are then."""

    @property
    def constructs(self) -> bool:
        """Whether a constructor runs, which gives `self` its attributes."""
        return self.function is not None and self.function.definition.name in CONSTRUCTORS

    @property
    def other_file(self) -> File | None:
        """The file of the code that is run, None for the linted one."""
        root = self.frame.root
        return None if root is self.analysis.module else root.file

    def record(self, event: Event) -> None:
        """Keep an event, unless its parameter can't be traced here."""
        if "" in self.suppressed:
            return
        if isinstance(event, Caught):
            if event.handlers & self.catching:
                self.suppressed |= event.names | ({""} if event.always else frozenset())
                if not self.undecided:
                    self.events.setdefault(event)
            return
        name = event.name if isinstance(event, Clue) else None
        if isinstance(event, (Sink, HandedOver)) and event.origin is not None:
            name = event.origin.name
        if name is None or name not in self.suppressed:
            self.events.setdefault(event)

    def replay(self, events: Iterable[Event], helper: str | None) -> None:
        """Take over what a callee recorded."""
        for event in events:
            self.record(event if helper is None else replace(event, via=(helper, *event.via)))

    def snapshot(self) -> Environment:
        """Copy the environment."""
        return Environment(dict(self.frame.bindings), self.suppressed, self.yielded)

    def restore(self, environment: Environment) -> None:
        """Go on from a copy; control is reachable there."""
        self.frame.bindings = dict(environment.bindings)
        self.suppressed = environment.suppressed
        self.yielded = environment.yielded
        self.reachable = True

    def merge(self, environments: Iterable[Environment]) -> None:
        """Go on where several paths meet; with none of them, control does not come here."""
        result: Environment | None = None
        for environment in environments:
            result = environment if result is None else join_environments(result, environment)
        if result is None:
            self.reachable = False
        else:
            self.restore(result)

    def child(self, frame: Frame) -> Scope:
        """Return a scope for an inner expression (a comprehension) that shares this one's records."""
        return replace(self, frame=frame)

    def escape(self, value: Value | None) -> None:
        """Note a value that the function returns."""
        self.ends.append(self.yielded)
        if value is not None:
            self.returned = value if self.returned is None else join(self.returned, value)

    @property
    def generated(self) -> Value | None:
        """The list of what the function has yielded wherever it has returned; None if it is no generator."""
        if all(end is None for end in self.ends):
            return None
        return join_all([end or NOTHING_YIELDED for end in self.ends])


def join_environments(first: Environment, second: Environment) -> Environment:
    """Join two environments name by name; a name bound on one path only keeps its value."""
    bindings = dict(first.bindings)
    for name, value in second.bindings.items():
        other = bindings.get(name)
        if other is not value:
            bindings[name] = join_present(other, value)
    yielded = first.yielded
    if yielded is not second.yielded:
        yielded = join(yielded or NOTHING_YIELDED, second.yielded or NOTHING_YIELDED)
    return Environment(bindings, first.suppressed & second.suppressed, yielded)


def is_unknown(value: Value | None) -> bool:
    """Whether nothing is known of a value."""
    return value is None or value is UNKNOWN or (value.unknown and value.form is None)
