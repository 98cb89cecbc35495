"""The statements of the grammar."""

from __future__ import annotations

from tests.oracle.growing import Form

_STEPS = {
    "assign.int": ("<new.int> = <int>", 5),
    "assign.scal": ("<new.scal> = <scal>", 5),
    "assign.vec": ("<new.vec> = <vec>", 4),
    "assign.flag": ("<new.flag> = <flag>", 1),
    "assign.pair": ("<new.pair> = <pair>", 2.5),
    "assign.annotated": ("<new.int>: int = <int>", 0.5),
    "assign.two names": ("<a=new.int> = <new.int> = <int>", 0.4),
    "reassign.int": ("<var.int> = <int>", 2),
    "reassign.scal": ("<var.scal> = <scal>", 1),
    "reassign.vec": ("<var.vec> = <vec>", 1.5),
    "reassign.from shape": ("<var.int> = <vec>.shape[0]", 1.5),
    "augmented.int": ("<var.int> += <int>", 1.5),
    "augmented.multiply": ("<var.int> *= 2", 0.7),
    "augmented.scal": ("<var.scal> += <scal>", 1.5),
    "augmented.vec": ("<var.vec> *= <scal>", 1),
    "unpack.pair": ("<new.int>, <new.int> = <pair>", 2),
    "unpack.display": ("<new.int>, <new.scal> = <int>, <scal>", 1.5),
    "unpack.star": ("<new.int>, *_ = <pair>", 0.5),
    "unpack.nested": ("(<new.int>, <new.int>), <new.scal> = <pair>, <scal>", 0.5),
    "unpack.shape": ("(<new.int>,) = <vec>.shape", 1),
    "unpack.swap": ("<a=var.int>, <b=new.int> = <int>, <a>", 0.7),
    "if.plain": ("if <flag>:\n    <block:2>", 2),
    "if.else": ("if <flag>:\n    <block:2>\nelse:\n    <block:2>", 1.5),
    "if.elif": ("if <flag>:\n    <block:1>\nelif <flag>:\n    <block:1>\nelse:\n    <block:1>", 1),
    "if.both assign": ("if <flag>:\n    <a=new.int> = <int>\nelse:\n    <a> = <int>", 1.5),
    "if.sanitized": ("if <vec>.ndim == 1:\n    <block:2>", 1),
    "if.early return": ("if <flag>:\n    return <result>", 1.5),
    "sink.103.if": ("if <int> > 1:\n    <block:2>", 1.5),
    "sink.103.if flag": ("if <var.flag>:\n    <block:2>", 1.5),
    "sink.103.assert": ("assert <int> > 0", 0.7),
    "sink.103.if raise": ('if <int> < 0:\n    raise ValueError("negative")', 0.7),
    "assert.sanitized": ("assert <vec>.ndim == 1", 0.7),
    "assert.message": ("assert <vec>.ndim == 1, <int>", 0.3),
    "raise.sanitized": ('if <vec>.ndim > 2:\n    raise ValueError(f"too many: {<var.vec>.ndim}")', 0.7),
    "walrus.if": ("if (<a=new.int> := <int>) > 1:\n    <block:1>", 0.7),
    "walrus.shape": ("if (<a=new.int> := <vec>.shape[0]) > 1:\n    <block:2>", 0.7),
    "walrus.value": ("<new.int> = (<new.int> := <int>) + 1", 0.6),
    "guard.is None": ("if <a=var.int> is None:\n    <a> = 2", 1),
    "guard.is not None": ("if <var.int> is not None:\n    <block:1>", 0.6),
    "guard.isinstance block": ("if isinstance(<a=var.int>, int):\n    <block:2>", 0.6),
    "guard.not isinstance": ("if not isinstance(<var.int>, (int, np.integer)):\n    <block:1>", 0.4),
    "guard.tracer": ("if not isinstance(<var.int>, jax.core.Tracer):\n    <block:2>", 0.5),
    "guard.isinstance and": ("if isinstance(<a=var.int>, int) and <a> > 1:\n    <block:1>", 0.4),
    "guard.type is": ("if type(<var.int>) is int:\n    <block:1>", 0.3),
    "match.number": ("match <var.int>:\n    case 1:\n        <block:1>\n    case _:\n        <block:1>", 0.6),
    "match.static": ("match <vec>.ndim:\n    case 1:\n        <block:1>\n    case _:\n        <block:1>", 0.5),
    "match.tuple": ("match <pair>:\n    case (<new.int>, <new.int>):\n        <block:1>", 0.5),
    "match.guard": ("match <vec>.ndim:\n    case 1 if <flag>:\n        <block:1>\n    case _:\n        <block:1>", 0.4),
    "match.text": ('match <var.text>:\n    case "sum":\n        <block:1>\n    case _:\n        <block:1>', 0.7),
    "match.bind": ("match <int>:\n    case <new.int>:\n        <block:1>", 0.3),
    "for.range of a literal": ("for <new.int> in range(1, 3):\n    <loop:2>", 1.5),
    "for.range of a shape": ("for <new.int> in range(<vec>.shape[0]):\n    <loop:2>", 1),
    "sink.102.for": ("for <new.int> in range(<int>):\n    <loop:2>", 1.5),
    "sink.102.for between": ("for <new.int> in range(1, <int> + 1):\n    <loop:1>", 0.7),
    "for.pair": ("for <new.int> in <pair>:\n    <loop:2>", 1),
    "for.array": ("for <new.scal> in <vec>:\n    <loop:1>", 0.7),
    "for.enumerate": ("for <new.int>, <new.int> in enumerate(<pair>, 1):\n    <loop:2>", 0.7),
    "for.zip": ("for <new.int>, <new.int> in zip(SIZES, <pair>):\n    <loop:2>", 0.7),
    "for.display": ("for <new.int> in (<int>, 2):\n    <loop:1>", 0.7),
    "for.break": ("for <i=new.int> in range(1, 4):\n    if <flag>:\n        break\n    <loop:1>", 1),
    "for.break static": ("for <i=new.int> in range(1, 4):\n    if <i> == 2:\n        break\n    <loop:1>", 0.7),
    "for.continue": ("for <i=new.int> in range(1, 4):\n    if <i> > <int>:\n        continue\n    <loop:1>", 0.6),
    "for.else": ("for <i=new.int> in range(1, 4):\n    if <flag>:\n        break\nelse:\n    <block:1>", 0.6),
    "for.dict": ('for _, <new.int> in {"a": <int>, "b": 2}.items():\n    <loop:1>', 0.5),
    "while.static": ("<i=new.int> = 3\nwhile <i> > 1:\n    <i> -= 1\n    <loop:1>", 0.8),
    "while.shape": ("<i=new.int> = <vec>.shape[0]\nwhile <i> > 1:\n    <i> //= 2\n    <loop:1>", 0.5),
    "sink.103.while": ("<i=new.int> = <int>\nwhile <i> > 1:\n    <i> -= 1\n    <loop:1>", 0.8),
    "while.break": ("while True:\n    <loop:1>\n    break", 0.4),
    "while.else": ("<i=new.int> = 2\nwhile <i> > 1:\n    <i> -= 1\nelse:\n    <block:1>", 0.3),
    "try.other error": ("try:\n    <block:2>\nexcept KeyError:\n    pass", 0.6),
    "try.type error": ("try:\n    <block:1>\nexcept TypeError:\n    pass", 0.5),
    "try.everything": ("try:\n    <block:1>\nexcept Exception:\n    pass", 0.4),
    "try.finally": ("try:\n    <block:1>\nfinally:\n    <block:1>", 0.5),
    "try.else": ("try:\n    <block:1>\nexcept KeyError:\n    pass\nelse:\n    <block:1>", 0.4),
    "with.named_scope": ('with jax.named_scope("part"):\n    <block:2>', 0.8),
    "with.suppress": ("with suppress(TypeError):\n    <block:1>", 0.3),
    "with.nullcontext": ("with nullcontext():\n    <block:2>", 0.4),
    "dead.if False": ("if False:\n    <block:2>", 0.6),
    "dead.type checking": ("if TYPE_CHECKING:\n    <block:1>", 0.3),
    "dead.if not debug": ("if not DEBUG:\n    <block:1>", 0.3),
    "dead.after return": ("if <vec>.ndim == 1:\n    return <result>\n    <block:1>", 0.3),
    "dead.after raise": ('if <vec>.ndim > 2:\n    raise ValueError("many")\n    <block:1>', 0.3),
    "dead.while": ("while False:\n    <block:1>", 0.3),
    "try.several errors": ("try:\n    <block:1>\nexcept (TypeError, IndexError):\n    pass", 0.3),
    "try.value error": ("try:\n    <block:1>\nexcept ValueError:\n    <block:1>", 0.3),
    "try.tracer error": ("try:\n    <block:1>\nexcept jax.errors.ConcretizationTypeError:\n    pass", 0.3),
    "with.compile time": ("with jax.ensure_compile_time_eval():\n    <block:1>", 0.3),
    "match.class": ("match <int>:\n    case int():\n        <block:1>\n    case _:\n        <block:1>", 0.3),
    "match.star": ("match <pair>:\n    case [<new.int>, *_]:\n        <block:1>", 0.3),
    "match.dict": ('match {"a": <int>, "b": <scal>}:\n    case {"a": <new.int>}:\n        <block:1>', 0.3),
    "match.or": ("match <int>:\n    case 1 | 2:\n        <block:1>\n    case _:\n        <block:1>", 0.3),
    "closure.function": ("!local_function", 2.5),
    "closure.lambda": ("!local_function", 1.5),
    "list.append": (
        "<a=new.items> = []\nfor <i=new.int> in range(1, 3):\n    <a>.append(<scal>)\n<new.scal> = sum(<a>)",
        0.6,
    ),
    "list.comprehension": ("<a=new.items> = [<scal+k> for k in range(1, 3)]\n<new.scal> = <a>[0] + <a>[-1]", 0.8),
    "list.of rows": ("<a=new.items> = [row * 2 for row in <vec>]\n<new.vec> = jnp.stack(<a>)", 0.6),
    "list.extended": ("<a=new.items> = [<int>]\n<a>.append(2)\n<new.int> = <a>[0]", 0.5),
    "list.other item": ("<a=new.items> = [<int>]\n<a>.append(2)\n<new.int> = <a>[1]", 0.5),
    "list.popped": ("<a=new.items> = [<int>, <int>]\n<new.int> = <a>.pop()\n<new.int> = <a>[-1]", 0.4),
    "list.popped first": ("<a=new.items> = [<int>, <int>, 2]\n<new.int> = <a>.pop(0)\n<new.int> = <a>[0]", 0.4),
    "list.inserted": ("<a=new.items> = [2, <int>]\n<a>.insert(0, <int>)\n<new.int> = <a>[1]", 0.4),
    "list.inserted behind": ("<a=new.items> = list(<vec>.shape)\n<a>.insert(1, <int>)\n<new.int> = <a>[0]", 0.3),
    "list.shape changed": ("<a=new.items> = list(<vec>.shape)\n<a>[-1] = <int>\n<new.int> = <a>[-1]", 0.3),
    "list.shape appended": (
        "<a=new.items> = list(<vec>.shape)\n<a>.append(<int>)\n<new.vec> = jnp.zeros(<a>[:-1])\n<new.int> = <a>[-1]",
        0.4,
    ),
    "list.added to": ("<a=new.items> = [2]\n<a> += <pair>\n<new.int> = <a>[1]", 0.4),
    "list.extended by": ("<a=new.items> = [<int>]\n<a>.extend(<pair>)\n<new.int> = <a>[-1]", 0.4),
    "list.deleted from": ("<a=new.items> = [<int>, <int>]\ndel <a>[0]\n<new.int> = <a>[0]", 0.4),
    "list.turned around": ("<a=new.items> = [<int>, <int>, 2]\n<a>.reverse()\n<new.int> = <a>[0]", 0.3),
    "list.slice assigned": ("<a=new.items> = [<int>, 2]\n<a>[1:] = <pair>\n<new.int> = <a>[2]", 0.3),
    "list.cleared": ("<a=new.items> = [<int>]\n<a>.clear()\n<a>.append(<int>)\n<new.int> = <a>[0]", 0.3),
    "unpack.first and others": ("<new.int>, *<a=new.items> = (*<vec>.shape, <int>)\n<new.int> = <a>[0]", 0.4),
    "unpack.last and others": (
        "*<a=new.items>, <new.int> = <vec>.shape + (<int>,)\n<new.vec> = jnp.zeros(tuple(<a>))",
        0.4,
    ),
    "dict.popped": ('<a=new.items> = {"a": <int>, "b": <int>}\n<new.int> = <a>.pop("a")\n<new.int> = <a>["b"]', 0.3),
    "dict.updated": ('<a=new.items> = {"a": <int>}\n<a>.update(b=<int>)\n<new.int> = <a>["b"]', 0.3),
    "dict.of pairs": ('<a=new.items> = dict(zip(("a", "b"), <pair>))\n<new.int> = <a>["a"]', 0.3),
    "list.filled by a function": (
        "<a=new.items> = [<int>]\ndef <f=new.fun>(k):\n    <a>.append(k)\n<f>(<int>)\n<new.int> = <a>[1]",
        0.4,
    ),
    "list.under two names": (
        "<a=new.items> = [<int>]\n<b=new.items> = <a>\n<b>[0] = <int>\n<new.int> = <a>[0]",
        0.3,
    ),
    "list.item assigned": ("<a=new.items> = [1, 2]\n<a>[0] = <int>\n<new.int> = <a>[0]", 0.5),
    "dict.display": ('<a=new.items> = {"a": <int>, "b": <scal>}\n<new.int> = <a>["a"]\n<new.scal> = <a>["b"]', 0.8),
    "dict.item assigned": ('<a=new.items> = {}\n<a>["a"] = <int>\n<new.int> = <a>["a"]', 0.5),
    "dict.comprehension": ("<a=new.items> = {k: <int+k> for k in (1, 2)}\n<new.int> = <a>[2]", 0.4),
    "lax.body of fori_loop": (
        (
            "def <f=new.fun>(i, c):\n    <body.scal:2+c>\n"
            "<new.scal> = lax.fori_loop(0, <int>, lambda i, c: <f>(i, c) * 1.0, 1.0)"
        ),
        0.8,
    ),
    "lax.body of scan": (
        (
            "def <f=new.fun>(c, v):\n    <own:1>\n    return c + v * <scal+c+v>, v\n"
            "<new.scal>, <new.vec> = lax.scan(<f>, 0.0, <vec>)"
        ),
        1,
    ),
    "lax.body of while_loop": (
        (
            "def <f=new.fun>(c):\n    <body.scal:2+c>\n"
            "<new.scal> = lax.while_loop(lambda c: c < <scal+c>, lambda c: c * 1.0 + 1.0 + 0.0 * <f>(c), 1.0)"
        ),
        0.5,
    ),
    "lax.branches of switch": (
        (
            "def <f=new.fun>(v):\n    <body.scal:2+v>\n"
            "<new.scal> = lax.switch(<int> % 2, [lambda v: <f>(v) * 1.0, lambda v: v * 1.0], <scal> * 1.0)"
        ),
        0.5,
    ),
    "lax.branches of cond": (
        (
            "def <f=new.fun>(v):\n    <body.scal:2+v>\n"
            "<new.scal> = lax.cond(<flag>, lambda v: <f>(v) * 1.0, lambda v: v * 1.0, <scal> * 1.0)"
        ),
        0.8,
    ),
    "transform.vmap of a function": ("def <f=new.fun>(v):\n    <body.scal:2+v>\n<new.vec> = jax.vmap(<f>)(<vec>)", 0.8),
    "transform.grad of a function": (
        "def <f=new.fun>(v):\n    <body.scal:2+v>\n<new.scal> = jax.grad(lambda v: v * <f>(v))(1.0)",
        0.7,
    ),
    "transform.checkpointed": (
        "@jax.checkpoint\ndef <f=new.fun>(v):\n    <body.scal:2+v>\n<new.scal> = <f>(<scal>)",
        0.6,
    ),
    "inner jit.function": (
        "@jax.jit\ndef <f=new.fun>(v, k):\n    <body.scal:2+v+k>\n<new.scal> = <f>(<scal>, <int>)",
        0.5,
    ),
    "inner jit.static function": (
        (
            '@partial(jax.jit, static_argnames="k")\n'
            "def <f=new.fun>(v, k):\n    <body.scal:2+v+k>\n<new.scal> = <f>(<scal>, <int>)"
        ),
        0.5,
    ),
    "closure.returned": (
        "def <f=new.fun>(k):\n    return lambda v: v * jnp.ones(k).sum()\n<new.scal> = <f>(<int>)(<scal>)",
        0.5,
    ),
    "closure.default": ("def <f=new.fun>(v, k=<int>):\n    <body.scal:2+v+k>\n<new.scal> = <f>(<scal>)", 0.6),
    "closure.star arguments": (
        "def <f=new.fun>(*shape):\n    return jnp.zeros(shape).sum()\n<new.scal> = <f>(<int>, 2)",
        0.5,
    ),
    "closure.keywords": ('def <f=new.fun>(**given):\n    return given["k"] + 1\n<new.int> = <f>(k=<int>)', 0.5),
    "closure.partial kept": ("<f=new.fun> = partial(jnp.full, fill_value=<scal>)\n<new.scal> = <f>(<int>).sum()", 0.5),
    "closure.generator": (
        "def <f=new.fun>():\n    for each in <pair>:\n        yield each + 1\n<new.int> = list(<f>())[0]",
        0.5,
    ),
    "for.list of pairs": ("for <new.int>, <new.int> in [(<int>, 1), (2, <int>)]:\n    <loop:1>", 0.6),
    "while.true": ("<i=new.int> = 0\nwhile True:\n    <i> += 1\n    if <i> > <int>:\n        break\n    <loop:1>", 0.5),
    "try.raise": ('try:\n    <block:1>\n    raise KeyError("k")\nexcept KeyError:\n    <block:1>', 0.4),
    "if.and": ("if <vec>.ndim == 1 and <flag>:\n    <block:1>", 0.7),
    "if.not": ("if not <flag>:\n    <block:1>", 0.7),
    "callback.host": ("jax.debug.callback(lambda v: float(v), <scal>)", 0.4),
    "class.instance kept": ("!keep_instance", 1.5),
    "nonlocal.counter": ("<a=new.int> = 1\n\ndef <f=new.fun>():\n    nonlocal <a>\n    <a> = <a> + 1\n\n<f>()", 0.3),
    "statement.print": ('print("shape", <vec>.shape, end="")', 0.3),
    "statement.debug print": ('jax.debug.print("value {v}", v=<scal>)', 0.4),
    "statement.pass": ("pass", 0.2),
}

STATEMENTS: tuple[Form, ...] = tuple(
    Form(name, "statement", template, weight) for name, (template, weight) in _STEPS.items() if weight
)
