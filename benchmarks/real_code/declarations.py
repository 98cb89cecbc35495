"""Static declarations of jit sites, and the parameters they declare: the truth that recall is measured against.

Counted: `static_argnums` and `static_argnames` given to `jax.jit`, to `pjit` or to `flax.nnx.jit`, in a call or in
`functools.partial(jax.jit, ...)`, where the numbers and names can be read and the wrapped function is a def or a lambda
of the package. A static `self` or `cls` does not count.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.real_code.project import Project, chosen
from benchmarks.real_code.scopes import Function, Scope, SourceFile, decorator_names

JIT = frozenset(
    {"jax.jit", "jax.pjit", "jax.api.jit", "jax.experimental.pjit.pjit", "jax.experimental.pjit", "flax.nnx.jit"}
)
PARTIAL = frozenset({"functools.partial", "jax.util.partial"})
STATIC = ("static_argnums", "static_argnames")


class UnresolvedError(Exception):
    """A declaration that can't be counted; the message says why."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A jit site with static arguments.

    call: where the keywords are. line, end_line: the extent of the site. keep: the static `self` that stays declared.
    function: the wrapped one, in the file `home`.
    """

    call: ast.Call
    line: int
    end_line: int
    function: Function | ast.Lambda
    home: SourceFile
    parameters: tuple[str, ...]
    keep: str = ""

    @property
    def name(self) -> str:
        """The name of the wrapped function."""
        return getattr(self.function, "name", "<lambda>")


def declarations(project: Project, file: SourceFile) -> Iterator[Declaration | tuple[int, str]]:
    """The static declarations of a file; line and reason for one that does not resolve."""
    decorated = {
        item: node for node in ast.walk(file.tree) if isinstance(node, Function) for item in node.decorator_list
    }
    for call in ast.walk(file.tree):
        if isinstance(call, ast.Call) and any(keyword.arg in STATIC for keyword in call.keywords):
            try:
                declaration = _declaration(project, file, call, decorated.get(call))
            except UnresolvedError as reason:
                yield call.lineno, str(reason)
            else:
                yield declaration


def _declaration(project: Project, file: SourceFile, call: ast.Call, decorated: Function | None) -> Declaration:
    if call not in file.scope_of:
        raise UnresolvedError("in an annotation")
    scope = file.scope_of[call]
    wrapped: ast.expr | None
    if file.dotted(call.func, scope) & JIT:
        by_name = [keyword.value for keyword in call.keywords if keyword.arg in ("fun", "f")]
        wrapped = call.args[0] if call.args else by_name[0] if by_name else None
    elif call.args and file.dotted(call.func, scope) & PARTIAL and file.dotted(call.args[0], scope) & JIT:
        wrapped = call.args[1] if len(call.args) > 1 else None
    else:
        raise UnresolvedError("not jit")
    numbers, names = _declared(file, call, scope)
    if wrapped is None and decorated is not None:
        static, keep = _static(file, decorated, False, numbers, names)
        return Declaration(call, call.lineno, call.end_lineno or call.lineno, decorated, file, static, keep)
    site = call
    if wrapped is None:
        parent = file.parent_of.get(call)
        if not (isinstance(parent, ast.Call) and parent.func is call and len(parent.args) == 1):
            raise UnresolvedError("jit not applied here")
        site, wrapped = parent, parent.args[0]
    home, function, bound = _wrapped(project, file, wrapped, site)
    static, keep = _static(home, function, bound, numbers, names)
    return Declaration(call, site.lineno, site.end_lineno or site.lineno, function, home, static, keep)


def _declared(file: SourceFile, call: ast.Call, scope: Scope) -> tuple[list[int], list[str]]:
    numbers: list[int] = []
    names: list[str] = []
    for keyword in call.keywords:
        if keyword.arg in STATIC:
            values = _literal(file, keyword.value, scope)
            if keyword.arg == "static_argnums" and all(type(value) is int for value in values):
                numbers += [value for value in values if isinstance(value, int)]
            elif keyword.arg == "static_argnames" and all(type(value) is str for value in values):
                names += [value for value in values if isinstance(value, str)]
            else:
                raise UnresolvedError("not literal")
    return numbers, names


def _literal(file: SourceFile, node: ast.AST, scope: Scope | None) -> tuple[object, ...]:
    """The members of a literal, of a constant of the file, of a sum of such, of `list(range(..))`."""
    if isinstance(node, ast.Name):
        where, bindings = file.lookup(node.id, scope)
        if len(bindings) == 1 and bindings[0].kind == "assign" and bindings[0].node is not None:
            return _literal(file, bindings[0].node, where)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _literal(file, node.left, scope) + _literal(file, node.right, scope)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        if node.func.id in ("list", "tuple") and len(node.args) == 1:
            return _literal(file, node.args[0], scope)
        if node.func.id == "range":
            bounds = [_literal(file, argument, scope) for argument in node.args]
            numbers = [value for members in bounds for value in members if isinstance(value, int)]
            if len(numbers) == len(node.args):
                return tuple(range(*numbers))
    else:
        try:
            value = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError):
            pass
        else:
            return tuple(value) if isinstance(value, tuple | list | set) else () if value is None else (value,)
    raise UnresolvedError("not literal")


def _wrapped(
    project: Project, file: SourceFile, wrapped: ast.expr, site: ast.Call
) -> tuple[SourceFile, Function | ast.Lambda, bool]:
    """The function that jit is applied to, its file, and whether self is bound."""
    if isinstance(wrapped, ast.Lambda):
        return file, wrapped, False
    if not isinstance(wrapped, ast.Name | ast.Attribute):
        raise UnresolvedError(f"wraps a {type(wrapped).__name__.lower()}")
    if isinstance(wrapped, ast.Attribute) and isinstance(wrapped.value, ast.Name):
        cls, caller = _class_of_self(file, wrapped.value.id, file.scope_of[site])
        if cls is not None and caller is not None:
            found = project.method(file, cls, wrapped.attr)
            if found is None:
                raise UnresolvedError("a method that is not found")
            decorators = decorator_names(found[1])
            if decorators & {"property", "cached_property"}:
                raise UnresolvedError("a property")
            through_class = "classmethod" in decorator_names(caller) and "classmethod" not in decorators
            return (*found, "staticmethod" not in decorators and not through_class)
    where = project.bound_to(file, wrapped)
    if where is None:
        raise UnresolvedError("of another package, or an attribute")
    home, owner, bindings = where
    function = chosen(bindings, site.lineno if home is file else None)
    if function is None:
        raise UnresolvedError(f"bound by {'+'.join(sorted({binding.kind for binding in bindings}))}")
    in_class = isinstance(owner.node, ast.ClassDef)
    return home, function, in_class and "classmethod" in decorator_names(function)


def _class_of_self(file: SourceFile, name: str, scope: Scope | None) -> tuple[ast.ClassDef | None, Function | None]:
    """The class whose method has this name as its first parameter, around a scope."""
    while scope is not None:
        method = scope.node
        if isinstance(method, Function) and scope.parent is not None and isinstance(scope.parent.node, ast.ClassDef):
            first = [parameter.arg for parameter in [*method.args.posonlyargs, *method.args.args]][:1]
            if first == [name] and "staticmethod" not in decorator_names(method):
                return scope.parent.node, method
            return None, None
        scope = scope.parent
    return None, None


def _static(
    home: SourceFile, function: Function | ast.Lambda, bound: bool, numbers: list[int], names: list[str]
) -> tuple[tuple[str, ...], str]:
    """The declared parameters, and self if it is one of them."""
    args = function.args
    positional = [parameter.arg for parameter in [*args.posonlyargs, *args.args]][1 if bound else 0 :]
    known = [*positional, *(parameter.arg for parameter in args.kwonlyargs)]
    declared = set(names)
    for number in numbers:
        if not -len(positional) <= number < len(positional) or (number < 0 and args.vararg):
            raise UnresolvedError("number out of range")
        declared.add(positional[number])
    if not declared <= set(known):
        raise UnresolvedError("not a parameter")
    keep = ""
    if positional and positional[0] in declared and not bound:
        scope = home.scope_of[function]
        in_class = isinstance(scope.node, ast.ClassDef) and not isinstance(function, ast.Lambda)
        if positional[0] in ("self", "cls") or in_class and "staticmethod" not in decorator_names(function):
            keep = positional[0]
    static = tuple(name for name in known if name in declared and name != keep)
    if not static:
        raise UnresolvedError("only self, or nothing")
    return static, keep
