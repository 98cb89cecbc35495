"""Reasons to be silent about a declaration: what the engine takes for granted, and another run may do otherwise.

A flow is reported where it is likely; that JAX refuses a declaration is only said where nothing speaks against it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

import libcst as cst
from libcst.metadata import CodePosition, CodeRange

from jitlint.dataflow.values import Class, Function, Instance, JitSite, Jitted, Partial, Transformed, Value
from jitlint.doubts.bindings import TRIES, Bindings, Change, NameScope, has_branches
from jitlint.doubts.overriding import Methods
from jitlint.doubts.registration import Registrations
from jitlint.doubts.stored import may_hold_another
from jitlint.faults.fault import AboutArgument

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SIGNATURE = ("__signature__", "__wrapped__", "__code__", "__kwdefaults__")
"""Attributes that change what inspect.signature shows."""
_OTHER_ERRORS = frozenset(
    [
        "ImportError",
        "ModuleNotFoundError",
        "AttributeError",
        "KeyError",
        "IndexError",
        "LookupError",
        "NameError",
        "OSError",
        "IOError",
        "FileNotFoundError",
        "TypeError",
        "RuntimeError",
        "NotImplementedError",
        "StopIteration",
        "KeyboardInterrupt",
        "SystemExit",
        "ZeroDivisionError",
        "ArithmeticError",
        "OverflowError",
        "AssertionError",
        "MemoryError",
        "TimeoutError",
    ]
)
"""Classes whose handlers do not see the ValueError that JAX raises where jit is applied."""
_OTHER_THAN_AT_CALLS = _OTHER_ERRORS - {"TypeError", "IndexError", "LookupError"}
"""Classes whose handlers see none of the errors that JAX raises at calls."""
_EXPECTED = re.compile(r"rais|suppress|ignor|catch|except|expect|error|fail|warn|disable_jit\((?!False)", re.IGNORECASE)
_ENVIRONMENT = re.compile(r"version|hasattr|getattr|signature|inspect|jax|varnames|platform|isinstance|callable")


class Doubts:
    """What speaks against claims about the jit sites of one file."""

    def __init__(self, tree: ast.Module, lines: Sequence[str], where: Mapping[cst.CSTNode, CodeRange]) -> None:
        self.lines = lines
        self.bindings = Bindings(tree)
        self.where = where
        self.methods = Methods(self.bindings)
        self.registrations = Registrations(self.bindings, self.methods)
        self.by_hand = any(map(_sets_signature, ast.walk(tree)))
        self.turned_off = any(isinstance(n, ast.Constant) and n.value == "jax_disable_jit" for n in ast.walk(tree))
        self.expected_words = _expected_words(tree, _OTHER_ERRORS)
        self.expected_at_calls = _expected_words(tree, _OTHER_THAN_AT_CALLS)

    def about_class(self, cls: Class, exact: bool) -> bool:
        """Whether a class of this file that looks plain may be a pytree, or another class may be meant."""
        found = self._definition(cls.node)
        if not isinstance(found, ast.ClassDef) or self.registrations.may_register(found):
            return True
        return not exact and self.registrations.may_be_derived(found)

    def about_calls(self, function: Function) -> bool:
        """Whether a call of a function stands where errors are handled or wanted, or its method is put in later."""
        name = function.definition.name
        return name in self.expected_at_calls or any(
            isinstance(node, ast.Attribute) and node.attr == name and not isinstance(node.ctx, ast.Load)
            for node in self.bindings.parents
        )

    def about_argument(self, fault: AboutArgument) -> bool:
        """Whether a call may give something else, or call another method."""
        written = None if fault.argument is None else self._find(fault.argument)
        if written is not None and may_hold_another(written, self.bindings, self.methods):
            return True
        return fault.receiver is not None and any(
            self._receiver_varies(fault.receiver, function.definition.name, self.bindings.tree)
            for function in wrapped_functions(fault.site.callee)
        )

    def about_call(self, node: cst.CSTNode) -> bool:
        """Whether a refusal at a call is handled, or wanted, or the call may not be reached."""
        found = self._find(node)
        return (
            found is None
            or self.turned_off
            or self._is_expected(found, at_call=True)
            or self._depends_on_environment(found)
        )

    def about_site(self, site: JitSite) -> bool:
        """Whether something speaks against a claim about the declaration of a site."""
        node = self._find(site.node)
        return (
            node is None
            or self.by_hand
            or self._is_expected(node)
            or self._depends_on_environment(node)
            or self._names_vary(node, site)
            or any(self._receiver_varies(receiver, name, node) for receiver, name in _receivers(site.callee))
        )

    def _find(self, node: cst.CSTNode) -> ast.expr | None:
        """Return the expression that stands where the jit site does."""
        place = self.where.get(node.decorator if isinstance(node, cst.Decorator) else node)
        if place is None:
            return None
        found: ast.expr | None = None
        for candidate in self.bindings.parents:
            if not isinstance(candidate, ast.expr) or candidate.lineno != place.start.line:
                continue
            if candidate.col_offset == self._bytes_before(place.start):
                if (candidate.end_lineno, candidate.end_col_offset) == (place.end.line, self._bytes_before(place.end)):
                    return candidate
                found = found or candidate
        return found

    def _bytes_before(self, position: CodePosition) -> int:
        """Return the column as `ast` counts it."""
        return len(self.lines[position.line - 1][: position.column].encode())

    def _definition(self, node: cst.FunctionDef | cst.ClassDef | cst.Lambda) -> ast.AST | None:
        """Return the `def` or `class` of the other tree, by its line and name."""
        if isinstance(node, cst.Lambda):
            return None
        place = self.where.get(node.name)
        if place is None:
            return None
        line = place.start.line
        for candidate in self.bindings.scopes:
            if isinstance(candidate, _DEFINITIONS) and (candidate.lineno, candidate.name) == (line, node.name.value):
                return candidate
        return None

    # Where the site stands

    def _is_expected(self, node: ast.AST, at_call: bool = False) -> bool:
        """Whether a refusal is handled, or wanted."""
        others = _OTHER_THAN_AT_CALLS if at_call else _OTHER_ERRORS
        words = self.expected_at_calls if at_call else self.expected_words
        inner = node
        for outer in self.bindings.above(node):
            if _handles(outer, inner, others) or isinstance(outer, ast.With) and self._has_own_manager(outer):
                return True
            if isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef)) and inner in outer.body:
                if outer.name in words:
                    return True
                owner = self.bindings.parents.get(outer)
                if isinstance(owner, ast.ClassDef) and outer.name.startswith("__") and owner.name in words:
                    # Making or calling an instance runs this method.
                    return True
                if any(_EXPECTED.search(ast.unparse(decorator)) for decorator in outer.decorator_list):
                    return True
            inner = outer
        return False

    def _has_own_manager(self, node: ast.With) -> bool:
        """Whether a context manager of the file, which may handle errors, is around the body."""
        words = {word for item in node.items for word in _words(item.context_expr)}
        return any(isinstance(scope, _DEFINITIONS) and scope.name in words for scope in self.bindings.scopes)

    def _depends_on_environment(self, node: ast.AST) -> bool:
        """Whether the site stands under a test that may leave it out where it would fail."""
        tests: list[ast.expr] = []
        in_function = False
        inner = node
        for outer in self.bindings.above(node):
            in_function = (
                in_function or isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef)) and (inner in outer.body)
            )
            if isinstance(outer, (ast.If, ast.IfExp, ast.While)) and inner is not outer.test:
                tests.append(outer.test)
            elif isinstance(outer, ast.BoolOp):
                tests.extend(outer.values)
            elif isinstance(outer, ast.Match):
                tests.append(outer.subject)
            elif isinstance(outer, ast.ExceptHandler):
                return True
            inner = outer
        texts = [ast.unparse(test) for test in tests]
        if not in_function:
            return any("__name__" not in text for text in texts)
        return any(_ENVIRONMENT.search(text) for text in texts)

    # What the site mentions

    def _names_vary(self, node: ast.expr, site: JitSite) -> bool:
        """Whether a name that the site uses, directly or through other names, may hold something else."""
        waiting: list[tuple[ast.AST, NameScope]] = [(node, self.bindings.scope_of(node))]
        methods = {name for _, name in _receivers(site.callee)}
        seen: set[tuple[int, str]] = set()
        while waiting:
            expression, scope = waiting.pop()
            if _reads_self(expression, methods) or any(
                self.methods.is_stored(inner.attr, node)
                for inner in ast.walk(expression)
                if isinstance(inner, ast.Attribute)
            ):
                return True
            for name in _names(expression):
                owner = scope.find(name)
                if owner is None or (id(owner), name) in seen:
                    continue
                seen.add((id(owner), name))
                if self._varies(owner, name):
                    return True
                for event in owner.events[name]:
                    if event.value is not None and not isinstance(event.value, (ast.FunctionDef, ast.ClassDef)):
                        waiting.append((event.value, owner))
                    if event.change is Change.PARAMETER and name not in ("self", "cls"):
                        if has_branches(owner.node):
                            return True
                        waiting.extend(self._calls_of(owner.node))
        return False

    def _varies(self, scope: NameScope, name: str) -> bool:
        events = scope.events[name]
        if any(event.change in (Change.SHRUNK, Change.REPEATED) for event in events):
            return True
        return len(events) > 1 and any(event.conditional for event in events)

    def _calls_of(self, function: ast.AST) -> Iterator[tuple[ast.AST, NameScope]]:
        """Yield the arguments that the calls of a function in the file give it."""
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return
        for node in self.bindings.parents:
            if isinstance(node, ast.Call) and function.name in _words(node.func):
                for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                    yield argument, self.bindings.scope_of(node)

    def function_varies(self, function: Function) -> bool:
        """Whether another definition may stand under the name of a function of this file."""
        found = self._definition(function.definition.node)
        if not isinstance(found, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        return self._varies(self.bindings.scope_of(found), found.name)

    def _receiver_varies(self, receiver: Value, name: str, node: ast.AST) -> bool:
        form = receiver.form
        cls = form.cls if isinstance(form, Instance) else form
        if not isinstance(cls, Class):
            return True
        found = self._definition(cls.node)
        if not isinstance(found, ast.ClassDef):
            return True
        exact = isinstance(form, Instance) and form.exact
        return self.methods.may_differ(found, name, exact, node)


def wrapped_functions(callee: Value) -> Iterator[Function]:
    """Yield the functions whose signatures make up that of a callee."""
    form = callee.form
    if isinstance(form, Function):
        yield form
        if form.wrapped is not None:
            yield from wrapped_functions(form.wrapped)
    elif isinstance(form, (Partial, Transformed)):
        yield from wrapped_functions(form.callee)
    elif isinstance(form, Jitted):
        yield from wrapped_functions(form.site.callee)


def _receivers(callee: Value) -> Iterator[tuple[Value, str]]:
    """Yield the methods that a callee takes from an instance or class: from what, and under which name."""
    form = callee.form
    if isinstance(form, Instance):
        yield callee, "__call__"
    for function in wrapped_functions(callee):
        if function.receiver is not None:
            yield function.receiver, function.definition.name
    while isinstance(form, (Partial, Transformed, Jitted)):
        inner = form.site.callee if isinstance(form, Jitted) else form.callee
        if isinstance(form, Partial) and form.positional and isinstance(form.positional[0].form, Instance):
            for function in wrapped_functions(inner):
                if function.owner is not None and function.receiver is None:
                    yield form.positional[0], function.definition.name
        if isinstance(inner.form, Instance):
            yield inner, "__call__"
        form = inner.form


def _sets_signature(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in _SIGNATURE and not isinstance(node.ctx, ast.Load) or node.attr == "update_wrapper"
    if isinstance(node, ast.Name):
        return node.id == "update_wrapper" or node.id in _SIGNATURE and not isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.alias):
        return node.name.endswith("update_wrapper")
    return isinstance(node, ast.Constant) and node.value in _SIGNATURE


def _handles(outer: ast.AST, inner: ast.AST, others: frozenset[str]) -> bool:
    """Whether an error that `inner` raises ends in `outer`. others: classes that it is none of."""
    if isinstance(outer, TRIES):
        return inner in outer.body and any(_sees_it(handler, others) for handler in outer.handlers)
    if isinstance(outer, (ast.With, ast.AsyncWith)):
        return any(_EXPECTED.search(ast.unparse(item.context_expr)) for item in outer.items)
    return isinstance(outer, ast.Call) and _EXPECTED.search(ast.unparse(outer.func)) is not None


def _sees_it(handler: ast.ExceptHandler, others: frozenset[str]) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or ast.unparse(kind).rpartition(".")[2] not in others for kind in kinds)


def _expected_words(tree: ast.Module, others: frozenset[str]) -> frozenset[str]:
    """Return the names in the code whose errors are handled or wanted."""
    regions = (
        child for node in ast.walk(tree) for child in ast.iter_child_nodes(node) if _handles(node, child, others)
    )
    return frozenset(word for region in regions for word in _words(region))


def _words(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield inner.id
        elif isinstance(inner, ast.Attribute):
            yield inner.attr


def _names(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield inner.id


def _reads_self(expression: ast.AST, methods: set[str]) -> bool:
    """Whether something is used that a subclass or `__init__` decides, beside the method that jit wraps."""
    for inner in ast.walk(expression):
        if isinstance(inner, ast.Attribute) and _is_receiver(inner.value) and inner.attr not in methods:
            return True
        if isinstance(inner, ast.Call) and (_is_receiver(inner.func) or ast.unparse(inner.func) in ("type", "super")):
            return True
    return False


def _is_receiver(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")
