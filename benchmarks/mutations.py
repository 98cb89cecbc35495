"""Deliberate breaks of the engine: what benchmarks/mutants.py expects the tests to notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutation:
    """One break: the file below jitlint/, the text that is replaced, the new text, and what no longer works."""

    name: str
    file: str
    old: str
    new: str


_FLOW = "dataflow/"
MUTATIONS: tuple[Mutation, ...] = (
    # Transfer functions
    Mutation(
        "the variable of a for loop is unknown",
        _FLOW + "statements.py",
        "assign(scope, node.target, item, evaluate)",
        "assign(scope, node.target, UNKNOWN, evaluate)",
    ),
    Mutation(
        "augmented assignment leaves the old value",
        _FLOW + "statements.py",
        "    assign(scope, node.target, value, evaluate)\n\n\ndef _return",
        "    assign(scope, node.target, old, evaluate)\n\n\ndef _return",
    ),
    Mutation(
        "arithmetic forgets its right operand",
        _FLOW + "operators.py",
        "    result = operation(left, right)\n    if result.traced:\n        if Shapeless.TREE",
        "    result = operation(left)\n    if result.traced:\n        if Shapeless.TREE",
    ),
    Mutation(
        "a comparison forgets its right side",
        _FLOW + "operators.py",
        "result = operation(touched(scope, left), touched(scope, right))",
        "result = operation(touched(scope, left))",
    ),
    Mutation(
        "an index into a list is no sink",
        _FLOW + "containers.py",
        '    reach(scope, SinkKind.SLICE, index, node, f"indexes a Python {form.kind}")\n    if isinstance',
        "    if isinstance",
    ),
    Mutation(
        "the bounds of a slice are no sinks",
        _FLOW + "containers.py",
        '            reach(scope, SinkKind.SLICE, bound, node, "bounds a slice", caught_by=caught_by)',
        "            pass",
    ),
    Mutation(
        "unpacking mixes up the order",
        _FLOW + "sequences.py",
        "            return list(form.items) if front",
        "            return list(form.items)[::-1] if front",
    ),
    Mutation(
        "a walrus binds nothing",
        _FLOW + "expressions.py",
        "        frame.bind(node.target.value, value)\n    return value",
        "        pass\n    return value",
    ),
    Mutation(
        "a conditional expression gives its first value only",
        _FLOW + "expressions.py",
        "        return prefer_given(*found)\n    return join_all(found)",
        "        return prefer_given(*found)\n    return found[0]",
    ),
    Mutation(
        "the left operand of and, or is not tested",
        _FLOW + "expressions.py",
        'left = condition(scope, node.left, phrase or "is tested by " + ("and" if is_and else "or"))',
        "left = evaluate(scope, node.left)",
    ),
    Mutation(
        "a value pattern of match tests nothing",
        _FLOW + "patterns.py",
        '        reach_truth(scope, test, pattern, "is compared by match")\n',
        "",
    ),
    # Joins and loops
    Mutation(
        "after an if only its first branch counts",
        _FLOW + "statements.py",
        "            end.bindings[name] = chosen\n    scope.merge(ends)",
        "            end.bindings[name] = chosen\n    scope.merge(ends[:1])",
    ),
    Mutation(
        "a join keeps the origins of the first path",
        _FLOW + "lattice.py",
        "        first.origins | second.origins,\n        first.staged",
        "        first.origins,\n        first.staged",
    ),
    Mutation(
        "an operation is staged if its last operand is",
        _FLOW + "lattice.py",
        "            staged = staged or value.staged",
        "            staged = value.staged",
    ),
    Mutation(
        "what leaves a loop by break is forgotten",
        _FLOW + "statements.py",
        "    scope.merge([*exits.breaks, *last])",
        "    scope.merge(last)",
    ),
    Mutation(
        "a loop's body is read once",
        _FLOW + "statements.py",
        "MAX_PASSES = 6",
        "MAX_PASSES = 1",
    ),
    # Kills, dead code, guards
    Mutation(
        "code after return runs",
        _FLOW + "statements.py",
        "    scope.escape(NONE if node.value is None else evaluate(scope, node.value))\n    scope.reachable = False",
        "    scope.escape(NONE if node.value is None else evaluate(scope, node.value))",
    ),
    Mutation(
        "an assignment of a name does not kill",
        _FLOW + "assignment.py",
        "        scope.frame.bind(target.value, value)\n        scope.own",
        "        old = scope.frame.bindings.get(target.value)\n"
        "        scope.frame.bind(target.value, old if old is not None and old.traced else value)\n"
        "        scope.own",
    ),
    Mutation(
        "isinstance(n, int) is no guard",
        _FLOW + "guards.py",
        "    if outcome and asks_only_for_scalars(classes) or not outcome",
        "    if not outcome",
    ),
    Mutation(
        "not in front of a guard is ignored",
        _FLOW + "guards.py",
        "narrow(scope, test.expression, not outcome, evaluate)",
        "narrow(scope, test.expression, outcome, evaluate)",
    ),
    Mutation(
        "a handler catches nothing",
        _FLOW + "sinks.py",
        "    handlers = scope.catching & (caught_by or CAUGHT_BY[kind])",
        "    handlers = frozenset[str]()",
    ),
    # Sanitizers
    Mutation(
        "len() gives what its argument is",
        _FLOW + "builtin_calls.py",
        "return length(arguments.positional[0]) if arguments.positional else UNKNOWN",
        "return arguments.positional[0] if arguments.positional else UNKNOWN",
    ),
    Mutation(
        "the stub says that jnp.size is traced",
        "models/jax/numpy.pyi",
        "def size(a: Array, axis: Axis = None) -> Concrete: ...",
        "def size(a: Array, axis: Axis = None) -> Array: ...",
    ),
    # Model annotations
    Mutation(
        "the stub of jnp.tile wants no number",
        "models/jax/numpy.pyi",
        "def tile(A: Array, reps: Shape) -> Array: ...",
        "def tile(A: Array, reps: Array) -> Array: ...",
    ),
    Mutation(
        "the stub of jax.nn.one_hot wants no number",
        "models/jax/nn.pyi",
        "def one_hot(x: Array, num_classes: Static,",
        "def one_hot(x: Array, num_classes: Array,",
    ),
    Mutation(
        "the stub of math.isqrt takes a traced number",
        "models/math.pyi",
        "def isqrt(n: Convert, /) -> Concrete: ...",
        "def isqrt(n: Array, /) -> Concrete: ...",
    ),
    # Calls, summaries, position shifts, statics
    Mutation(
        "a remembered summary forgets its sinks",
        _FLOW + "summaries.py",
        "    caller.replay(summary.events, _helper(function))\n    caller.left",
        "    caller.left",
    ),
    Mutation(
        "what a partial binds comes after the other arguments",
        _FLOW + "arguments.py",
        "positional=(*positional, *self.positional)",
        "positional=(*self.positional, *positional)",
    ),
    Mutation(
        "a negative static_argnums counts from the front",
        "jit_sites.py",
        "for index in (number + count for count in passed):",
        "for index in (-number - 1 if number < 0 else number for _ in passed):",
    ),
    Mutation(
        "what vmap maps over is not staged",
        _FLOW + "transforms.py",
        "    return stage(value) if mapped else value",
        "    return value",
    ),
)
