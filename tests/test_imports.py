"""Flows through several files: each project is linted with flake8 as a whole, and its example() runs under JAX.

The files mark what is expected as fixtures do: `# JIT101: n` where it is reported, `# sink: n` where JAX raises.
"""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests import fixtures_harness as harness

OPS = """
    import jax.numpy as jnp

    def pad_rows(x, n):
        return jnp.concatenate([x, jnp.zeros(n)])  # sink: n
"""

FLAGGED: dict[str, dict[str, str]] = {
    "relative import": {
        "pkg/__init__.py": "",
        "pkg/ops.py": OPS,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from .ops import pad_rows

            step = jax.jit(pad_rows)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "handed to what another file jits": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            import jax, jax.numpy as jnp

            @jax.jit  # JIT101: size
            def window(x, size):
                return x[jnp.arange(size)]  # sink: size, width

            @jax.jit  # JIT108: mode
            def reduced(x, mode: str):
                return x.sum() if mode == "sum" else x.mean()  # sink: mode, how
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from .ops import window, reduced

            @jax.jit  # JIT101: width
            def smooth(x, width):
                return window(x, width + 1).mean()

            @jax.jit  # JIT108: how
            def total(x, how):
                return reduced(x, how)

            def example():
                return smooth(jnp.ones(5), 2)
        """,
    },
    "another file passes it": {
        "pkg/__init__.py": "from .ops import tile",
        "pkg/ops.py": """
            import jax, jax.numpy as jnp

            @jax.jit  # JIT101: reps
            def tile(x, reps=2):
                return jnp.tile(x, reps)  # sink: reps
        """,
        "scripts/main.py": """
            import jax.numpy as jnp
            import pkg

            def example():
                return pkg.tile(jnp.ones(2), 3)
        """,
        "pyproject.toml": "",
    },
    "another file binds it in a partial": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            import jax, jax.numpy as jnp

            def _total(x, *, axis=None):
                return jnp.sum(x, axis=axis)  # sink: axis

            total = jax.jit(_total)  # JIT106: axis
        """,
        "pkg/main.py": """
            from functools import partial
            import jax.numpy as jnp
            from .ops import total as jitted

            first = partial(jitted, axis=0)

            def example():
                return first(jnp.ones((2, 2)))
        """,
    },
    "another file compares it with a string": {
        "pkg/__init__.py": "",
        "pkg/modes.py": """
            def scaled(x, mode):
                if mode == "twice":  # sink: mode
                    return 2 * x
                return x
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from .modes import scaled

            @jax.jit  # JIT108: mode
            def step(x, mode):
                return scaled(x, mode)

            def example():
                return step(jnp.ones(2), mode=str("twice"))  # raises
        """,
    },
    "another file calls it": {
        "pkg/__init__.py": "",
        "pkg/loops.py": """
            def repeated(function, x):
                return function(function(x))  # sink: function
        """,
        "pkg/main.py": """
            from collections.abc import Callable

            import jax, jax.numpy as jnp
            from .loops import repeated

            @jax.jit  # JIT108: function
            def step(x, function: Callable):
                return repeated(function, x)

            def example():
                return step(jnp.ones(2), [jnp.sin][0])  # raises
        """,
    },
    "relative import of a module two folders up": {
        "pkg/__init__.py": "",
        "pkg/ops.py": OPS,
        "pkg/sub/__init__.py": "",
        "pkg/sub/main.py": """
            import jax, jax.numpy as jnp
            from .. import ops as o

            step = jax.jit(o.pad_rows)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "absolute import of the own package": {
        "pkg/__init__.py": "",
        "pkg/ops.py": OPS,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            import pkg.ops

            step = jax.jit(pkg.ops.pad_rows)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "import under another name": {
        "pkg/__init__.py": "",
        "pkg/ops.py": OPS,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            import pkg.ops as shapes

            @jax.jit  # JIT101: n
            def step(x, n):
                return shapes.pad_rows(x, n + 1)

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "re-export through __init__": {
        "pkg/__init__.py": "from .deep import pad_rows as pad\n",
        "pkg/deep/__init__.py": "from .ops import *\n",
        "pkg/deep/ops.py": OPS,
        "main.py": """
            import jax, jax.numpy as jnp
            from pkg import pad

            step = jax.jit(pad)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "namespace package": {
        "space/ops.py": OPS,
        "space/main.py": """
            import jax, jax.numpy as jnp
            from space.ops import pad_rows

            step = jax.jit(pad_rows)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "src layout, used by a script": {
        "src/pkg/__init__.py": "",
        "src/pkg/ops.py": OPS,
        "main.py": """
            import jax, jax.numpy as jnp
            from pkg.ops import pad_rows

            step = jax.jit(pad_rows)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "script beside a script": {
        "scripts/shapes.py": OPS,
        "scripts/main.py": """
            import jax, jax.numpy as jnp
            from shapes import pad_rows

            step = jax.jit(pad_rows)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "star import": {
        "pkg/__init__.py": "",
        "pkg/ops.py": OPS,
        "pkg/main.py": """
            import jax
            from .ops import *

            step = jax.jit(pad_rows)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "star import of what __all__ lists": {
        "pkg/__init__.py": "",
        "pkg/ops.py": "__all__ = ['_pad', 'jnp']\n" + textwrap.dedent(OPS).replace("pad_rows", "_pad"),
        "pkg/main.py": """
            import jax
            from .ops import *

            step = jax.jit(_pad)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "star imports of one name, of which the last wins": {
        "pkg/__init__.py": "",
        "pkg/rows.py": "def pad_rows(x, n):\n    return x * n\n",
        "pkg/ops.py": "__all__ = ['pad_rows']\n" + textwrap.dedent(OPS),
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from .rows import *
            from .ops import *

            step = jax.jit(pad_rows)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "star imports in a circle": {
        "pkg/__init__.py": "from .sizes import *\nfrom .ops import *\n",
        "pkg/sizes.py": "from .ops import *\n\n\ndef doubled(n):\n    return 2 * n\n",
        "pkg/ops.py": """
            import jax.numpy as jnp
            from .sizes import *

            def pad_rows(x, n):
                return jnp.concatenate([x, jnp.zeros(doubled(n))])  # sink: n
        """,
        "pkg/main.py": """
            import jax
            from pkg import *

            step = jax.jit(pad_rows)  # JIT101: n

            def example():
                import jax.numpy as jnp
                return step(jnp.ones(2), 3)
        """,
    },
    "modules that import each other": {
        "pkg/__init__.py": "from . import ops, sizes\n",
        "pkg/sizes.py": """
            from . import ops

            def doubled(n):
                return n * ops.FACTOR
        """,
        "pkg/ops.py": """
            import jax.numpy as jnp
            from . import sizes

            FACTOR = 2

            def pad_rows(x, n):
                return jnp.concatenate([x, jnp.zeros(sizes.doubled(n))])  # sink: n
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from .ops import pad_rows

            step = jax.jit(pad_rows)  # JIT101: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "helper two files away": {
        "pkg/__init__.py": "",
        "pkg/ops.py": OPS,
        "pkg/layers.py": """
            from pkg import ops

            def layer(x, width):
                return ops.pad_rows(x, width) * 2
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from pkg.layers import layer

            @jax.jit  # JIT101: n
            def step(x, n):
                return layer(x, n)

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "a static argument of a function that another file jits": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            from functools import partial
            import jax, jax.numpy as jnp

            @partial(jax.jit, static_argnames=("n",))
            def pad_rows(x, n):
                return jnp.concatenate([x, jnp.zeros(n)])
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from pkg.ops import pad_rows

            @jax.jit  # JIT106: n
            def step(x, n):
                return pad_rows(x, n)  # sink: n

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "a list for a static argument of a function that the package hands on": {
        "pkg/__init__.py": "from .fast import padded\n",
        "pkg/fast.py": """
            from functools import partial
            import jax, jax.numpy as jnp

            @partial(jax.jit, static_argnames=("widths",))  # sink: widths
            def padded(x, widths):
                return jnp.pad(x, widths)
        """,
        "scripts/main.py": """
            import jax.numpy as jnp
            import pkg

            def example():
                return pkg.padded(jnp.ones(2), [1, 1])  # JIT203: widths  # raises
        """,
    },
    "an array for a static argument of a function under its full name": {
        "pkg/__init__.py": "",
        "pkg/fast.py": """
            import jax, jax.numpy as jnp

            padded = jax.jit(lambda x, width: jnp.pad(x, width), static_argnums=1)  # sink: width
        """,
        "main.py": """
            import jax.numpy as jnp
            import pkg.fast

            def example():
                x = jnp.arange(3)
                return pkg.fast.padded(x, x[1])  # JIT204: width  # raises
        """,
    },
    "a method of a base class in another file": {
        "pkg/__init__.py": "",
        "pkg/base.py": """
            import jax.numpy as jnp

            class Layer:
                def pad(self, x, n):
                    return jnp.concatenate([x, jnp.zeros(n)])  # sink: n
        """,
        "pkg/main.py": """
            from functools import partial
            import jax, jax.numpy as jnp
            from pkg.base import Layer

            class Dense(Layer):
                @partial(jax.jit, static_argnums=0)  # JIT101: n
                def step(self, x, n):
                    return self.pad(x, n)

            def example():
                return Dense().step(jnp.ones(2), 3)
        """,
    },
    "a decorator of another file": {
        "pkg/__init__.py": "",
        "pkg/deco.py": """
            import functools

            def logged(function):
                @functools.wraps(function)
                def wrapper(*args, **kwargs):
                    return function(*args, **kwargs)
                return wrapper
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from pkg.deco import logged

            @jax.jit  # JIT102: n
            @logged
            def step(x, n):
                for _ in range(n):  # sink: n
                    x = x + 1
                return x

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "a value made by JAX in another file": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            import jax.numpy as jnp

            def mean_of(x):
                return float(jnp.mean(x))  # sink: x
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from pkg.ops import mean_of

            @jax.jit  # JIT404: x
            def step(x):
                return x - mean_of(x)

            def example():
                return step(jnp.ones(2))
        """,
    },
    "annotated with a class of another file": {
        "pkg/__init__.py": "",
        "pkg/config.py": """
            import dataclasses

            @dataclasses.dataclass(frozen=True)
            class Settings:
                width: int

                def pad(self, x):
                    return x + self.width
        """,
        "pkg/main.py": """
            from __future__ import annotations

            import pickle
            from typing import TYPE_CHECKING

            import jax, jax.numpy as jnp
            from . import config

            if TYPE_CHECKING:
                from .config import Settings

            @jax.jit  # JIT108: settings
            def padded(x, settings: Settings):
                return settings.pad(x)  # sink: settings

            def example():
                stored = pickle.dumps(config.Settings(3))
                return padded(jnp.ones(2), pickle.loads(stored))  # raises
        """,
    },
    "annotated with an Enum of another file": {
        "pkg/__init__.py": "",
        "pkg/modes.py": """
            import enum

            class Mode(enum.Enum):
                SUM = "sum"
                MEAN = "mean"

            def reduced(x, mode):
                return x.mean() if mode == Mode.MEAN else x.sum()  # sink: mode
        """,
        "pkg/main.py": """
            import pickle

            import jax, jax.numpy as jnp
            from .modes import Mode, reduced

            @jax.jit  # JIT108: mode
            def loss(x, mode: Mode):
                return reduced(x, mode)

            def example():
                return loss(jnp.ones(2), pickle.loads(pickle.dumps(Mode.SUM)))  # raises
        """,
    },
    "leaf of a pytree of another file": {
        "pkg/__init__.py": "",
        "pkg/state.py": """
            from typing import NamedTuple

            class Sizes(NamedTuple):
                rows: int
                columns: int

            class State(NamedTuple):
                sizes: Sizes
                step: int
        """,
        "pkg/main.py": """
            import pickle

            import jax, jax.numpy as jnp
            from .state import Sizes, State

            @jax.jit  # JIT101: state
            def filled(x, state: State):
                return x + state.step * jnp.zeros(state.sizes.rows)  # sink: state

            def example():
                return filled(1.0, pickle.loads(pickle.dumps(State(Sizes(2, 3), 0))))
        """,
    },
    "super() into another file, past a mixin": {
        "pkg/__init__.py": "",
        "pkg/base.py": """
            import jax.numpy as jnp

            class Base:
                def __init__(self, scale):
                    self.scale = scale

                def make(self, x, n):
                    return jnp.append(x, jnp.zeros(n))  # sink: n
        """,
        "pkg/mixin.py": """
            class Scaled:
                def make(self, x, n):
                    return self.scale * super().make(x, n)
        """,
        "pkg/main.py": """
            from functools import partial

            import jax, jax.numpy as jnp
            from .base import Base
            from .mixin import Scaled

            class Model(Scaled, Base):
                def __init__(self):
                    super().__init__(2.0)

                @partial(jax.jit, static_argnames="self")  # JIT101: n
                def run(self, x, n):
                    return self.make(x, n)

            def example():
                return Model().run(jnp.ones(2), 3)
        """,
    },
    "method of what is annotated with a class of another file": {
        "pkg/__init__.py": "",
        "pkg/layers.py": """
            import jax.numpy as jnp

            class Padding:
                def after(self, x, n):
                    return jnp.append(x, jnp.zeros(n))  # sink: n
        """,
        "pkg/main.py": """
            import pickle

            import jax, jax.numpy as jnp
            from .layers import Padding

            class Trainer:
                def __init__(self, padding: Padding):
                    self.padding = padding
                    self.run = jax.jit(self._run)  # JIT101: n

                def _run(self, x, n):
                    return self.padding.after(x, n)

            def example():
                return Trainer(pickle.loads(pickle.dumps(Padding()))).run(jnp.ones(2), 3)
        """,
    },
    "table of functions in another file": {
        "pkg/__init__.py": "",
        "pkg/tables.py": """
            import jax.numpy as jnp

            def zeros(x, n):
                return jnp.append(x, jnp.zeros(n))  # sink: n

            TABLE = {"zeros": zeros, "twice": lambda x, n: jnp.append(x, jnp.zeros(2 * n))}
        """,
        "pkg/main.py": """
            from functools import partial

            import jax, jax.numpy as jnp
            from .tables import TABLE

            @partial(jax.jit, static_argnames="kind")  # JIT101: n
            def padded(x, n, kind):
                return TABLE[kind](x, n)

            def example():
                return padded(jnp.ones(2), 3, "zeros")
        """,
    },
}

CLEAN: dict[str, dict[str, str]] = {
    "another file passes what needs no value": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            import jax, jax.numpy as jnp

            @jax.jit
            def tile(x, options=None, axis=None, reps=2, count=1):
                if options:
                    x = x * options["gain"]
                return jnp.tile(jnp.sum(x, axis=axis), (reps, count))
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from . import ops
            from .ops import tile

            def fails():
                try:
                    return tile(jnp.ones(2), reps=3)
                except TypeError:
                    return jnp.ones(2)

            def other(tile):
                return tile(jnp.ones(2), count=3)

            def forwards(x, axis=None, *, reps=None):
                return tile(x, None, axis, reps=reps)

            def by_hand():
                with jax.disable_jit():
                    return tile(jnp.ones(2), count=3)

            def example():
                by_hand()
                return ops.tile(jnp.ones(2), {"gain": 2.0}, None) + tile(jnp.ones(2), axis=None) + fails()[:1]
        """,
    },
    "what another file gives to what it jits is that file's affair": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            from functools import partial
            import jax, jax.numpy as jnp

            @partial(jax.jit, static_argnames="n")
            def tiled(x, n):
                return jnp.tile(x, n)

            @jax.jit
            def scaled(x, mode):
                return x

            def tried(x):
                try:
                    return tiled(x, [2]) + scaled(x, "sum")  # noqa: JIT203
                except (TypeError, ValueError):
                    return x

            def called(function, x):
                try:
                    return function(x, "sum")
                except TypeError:
                    return x
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from .ops import called, tried

            @jax.jit
            def step(x):
                return tried(x)

            @jax.jit
            def same(x, mode):
                return x

            @jax.jit
            def total(x):
                return called(same, x)

            def example():
                return step(jnp.ones(5)) + total(jnp.ones(5))
        """,
    },
    "a class that a third file gives to a function, which registers it": {
        "pkg/__init__.py": "",
        "pkg/registry.py": """
            import jax

            class Registry:
                def add(self, *classes):
                    for one in classes:
                        jax.tree_util.register_dataclass(one, list(one.__annotations__), [])
        """,
        "pkg/config.py": """
            import dataclasses

            @dataclasses.dataclass
            class Settings:
                width: int
        """,
        "pkg/setup.py": """
            from . import config
            from .registry import Registry

            Registry().add(config.Settings)
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from . import setup
            from .config import Settings

            @jax.jit
            def padded(x, settings: Settings):
                return x + settings.width

            def example():
                return padded(jnp.ones(2), Settings(3))
        """,
    },
    "annotated with a class that another file registers": {
        "pkg/__init__.py": "",
        "pkg/config.py": """
            class Settings:
                def __init__(self, width):
                    self.width = width
        """,
        "pkg/pytrees.py": """
            import jax
            from .config import Settings

            jax.tree_util.register_pytree_node(Settings, lambda s: ((s.width,), None), lambda _, c: Settings(*c))
        """,
        "pkg/main.py": """
            import pickle

            import jax, jax.numpy as jnp
            from . import pytrees
            from .config import Settings

            @jax.jit
            def padded(x, settings: Settings):
                return x + settings.width

            def example():
                return padded(jnp.ones(2), pickle.loads(pickle.dumps(Settings(3))))
        """,
    },
    "annotated with a class that a registered class of another file derives from": {
        "pkg/__init__.py": "",
        "pkg/config.py": """
            class Settings:
                def __init__(self, width):
                    self.width = width
        """,
        "pkg/traced.py": """
            import jax
            from . import config

            class Wide(config.Settings):
                pass

            class Traced(Wide):
                pass

            jax.tree_util.register_pytree_node(Traced, lambda s: ((s.width,), None), lambda _, c: Traced(*c))
        """,
        "pkg/main.py": """
            import pickle

            import jax, jax.numpy as jnp
            from .config import Settings
            from .traced import Traced

            @jax.jit
            def padded(x, settings: Settings):
                return x + settings.width

            def example():
                return padded(jnp.ones(2), pickle.loads(pickle.dumps(Traced(3))))
        """,
    },
    "method of an object whose class another file derives from": {
        "pkg/__init__.py": "",
        "pkg/layers.py": """
            import jax.numpy as jnp

            class Padding:
                def after(self, x, n):
                    return jnp.append(x, jnp.zeros(n))
        """,
        "pkg/scaling.py": """
            from .layers import Padding

            class Scaling(Padding):
                def after(self, x, n):
                    return x * n
        """,
        "pkg/main.py": """
            import pickle
            from functools import partial

            import jax, jax.numpy as jnp
            from .layers import Padding
            from .scaling import Scaling

            @partial(jax.jit, static_argnames="padding")
            def run(padding: Padding, x, n):
                return padding.after(x, n)

            def example():
                return run(pickle.loads(pickle.dumps(Scaling())), jnp.ones(2), 3)
        """,
    },
    "static field of a pytree of another file": {
        "pkg/__init__.py": "",
        "pkg/state.py": """
            import dataclasses

            import jax

            @jax.tree_util.register_dataclass
            @dataclasses.dataclass
            class State:
                step: int
                rows: int = dataclasses.field(metadata={"static": True})
        """,
        "pkg/main.py": """
            import pickle

            import jax, jax.numpy as jnp
            from .state import State

            @jax.jit
            def filled(x, state: State):
                return x + state.step * jnp.zeros(state.rows)

            def example():
                return filled(1.0, pickle.loads(pickle.dumps(State(0, 2))))
        """,
    },
    "star imports of one name, of which the last needs nothing": {
        "pkg/__init__.py": "",
        "pkg/ops.py": OPS,
        "pkg/rows.py": "def pad_rows(x, n):\n    return x * n\n",
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from .ops import *
            from .rows import *

            step = jax.jit(pad_rows)

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "a star import hides a function of Python": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            import jax.numpy as jnp

            def max(first, second):
                return jnp.maximum(first, second)

            def range(stop):
                return jnp.arange(3) * stop
        """,
        "pkg/main.py": """
            import jax
            from jax.numpy import *
            from .ops import *

            @jax.jit
            def step(x, n):
                return max(x, n) + range(n) + min(x) + round(n)

            def example():
                return step(ones(3), 2.0)
        """,
    },
    "declared by a constant of another file": {
        "pkg/__init__.py": "",
        "pkg/ops.py": "STATIC = ('n',)\n" + textwrap.dedent(OPS),
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from pkg.ops import pad_rows, STATIC

            step = jax.jit(pad_rows, static_argnames=STATIC)

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "a flag of an imported function that no call passes": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            def scale(x, debug=False):
                if debug:
                    print(x.shape)
                return x * 2
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from pkg.ops import scale

            step = jax.jit(scale)

            def example():
                return step(jnp.ones(2))
        """,
    },
    "a name that the other file defines twice": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            import jax.numpy as jnp

            def pad_rows(x, n):
                return jnp.concatenate([x, jnp.zeros(n)])

            def pad_rows(x, n):
                return x + n
        """,
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from pkg.ops import pad_rows

            step = jax.jit(pad_rows)

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "a branch that another file's test decides": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            import jax.numpy as jnp

            def draw(x, size=None):
                if size is None:
                    size = int(jnp.sum(x))
                return jnp.resize(x, (size,))
        """,
        "pkg/main.py": """
            from functools import partial
            import jax, jax.numpy as jnp
            from pkg.ops import draw

            @partial(jax.jit, static_argnames="size")
            def step(x, size):
                return draw(x, size)

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
    "a callable pytree under an alias of Callable": {
        "pkg/__init__.py": "",
        "pkg/typing.py": "from collections.abc import Callable\nSolver = Callable[..., object]\n",
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            from pkg.typing import Solver

            @jax.jit
            def step(solver: Solver, x):
                return solver(x)

            def example():
                return step(jax.tree_util.Partial(jnp.sin), jnp.ones(2))
        """,
    },
    "a dispatch by class in another file": {
        "pkg/__init__.py": "",
        "pkg/ops.py": """
            import jax, jax.numpy as jnp

            def state_of(seed):
                if isinstance(seed, tuple):
                    return seed[0]
                if isinstance(seed, (int, jax.Array)):
                    return int(seed)
                return seed.value

            def as_int(n):
                return int(n) if isinstance(n, int) else jnp.astype(n, int)

            def numbers(n):
                return jnp.arange(as_int(n))
        """,
        "pkg/main.py": """
            from functools import partial
            import jax, jax.numpy as jnp
            from pkg import ops

            @partial(jax.jit, static_argnames="n")
            def step(seed, n):
                return ops.state_of(seed) + ops.numbers(n)

            def example():
                return step((jnp.ones(3),), 3)
        """,
    },
    "an import that is not there": {
        "pkg/__init__.py": "",
        "pkg/main.py": """
            import jax, jax.numpy as jnp
            try:
                from ._compiled import pad_rows
            except ImportError:
                def pad_rows(x, n):
                    return x + n

            step = jax.jit(pad_rows)

            def example():
                return step(jnp.ones(2), 3)
        """,
    },
}


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The files of a project in a folder of its own, with src/ and scripts/ where Python looks for modules."""
    files: Mapping[str, str] = request.param
    write(tmp_path, files)
    before = set(sys.modules)
    for folder in ("", "src", "scripts"):
        monkeypatch.syspath_prepend(str(tmp_path / folder))
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]


def write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").touch()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")


def lint(folder: Path, *options: str, **environment: str) -> list[str]:
    """Return what flake8 prints for a project, run in its folder."""
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=JIT1,JIT2,JIT3,JIT4", *options]
    root = str(harness.ROOT)
    variables = {**os.environ, "JITLINT_STRICT": "1", "PYTHONPATH": root, **environment}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1) and not done.stderr, done.stderr
    return done.stdout.splitlines()


def run_example(folder: Path) -> tuple[object, BaseException | None]:
    """Run example() of the main module."""
    (path,) = folder.rglob("main.py")
    words = path.relative_to(folder).with_suffix("").parts
    name = ".".join(words if words[0] not in ("src", "scripts") else words[1:])
    return harness.attempt(lambda: importlib.import_module(name).example())


def places(folder: Path, pattern: str) -> list[tuple[str, int, str]]:
    """Return file, line and name of each marker."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found += [(path.relative_to(folder).as_posix(), number, m[1]) for m in re.finditer(pattern, line)]
    return found


@pytest.mark.parametrize("project", FLAGGED.values(), ids=FLAGGED.keys(), indirect=True)
def test_found_and_failing(project: Path) -> None:
    """A finding at each marked line, which names the file and line where JAX raises."""
    markers = places(project, r"# (JIT\d+: \w+)")
    sinks = [
        (file, line, name) for file, line, listed in places(project, r"# sink: (\w.*)") for name in listed.split(", ")
    ]
    reports = lint(project)
    assert len(reports) == len(markers)
    for report, (file, line, marker) in zip(sorted(reports), sorted(markers), strict=True):
        code, name = marker.split(": ")
        assert report.startswith(f"./{file}:{line}:")
        assert f" {code} '{name}'" in report or f"'{name}' is given" in report
        ((sink_file, sink_line),) = [(where, number) for where, number, sink in sinks if sink == name]
        relative = os.path.relpath(sink_file, Path(file).parent).replace(os.sep, "/")
        assert (f"(line {sink_line}" if sink_file == file else f"({relative}:{sink_line}") in report
    _, error = run_example(project)
    assert error is not None
    # jit itself refuses what JIT108 is about, at the call.
    raised = places(project, r"# (raises)") or sinks
    assert harness.innermost_line(error, project / raised[0][0]) in {line for _, line, _ in raised}


@pytest.mark.parametrize("project", CLEAN.values(), ids=CLEAN.keys(), indirect=True)
def test_clean_and_running(project: Path) -> None:
    """No finding, and JAX agrees."""
    assert lint(project) == []
    _, error = run_example(project)
    assert error is None


def test_where_flake8_runs_does_not_matter(tmp_path: Path) -> None:
    """In the project, above it, in a folder of it; by relative and absolute paths; in several processes."""
    project = tmp_path / "project"
    write(project, FLAGGED["src layout, used by a script"] | {"src/pkg/deep.py": "from .ops import pad_rows\n"})
    (project / "tests").mkdir()
    runs = [
        lint(project),
        lint(project, "-j", "2"),
        lint(project, "main.py"),
        lint(tmp_path, "project"),
        lint(project / "tests", "../main.py"),
        lint(tmp_path, str(project / "main.py")),
    ]
    found = {line.rpartition("main.py:")[2] for lines in runs for line in lines}
    assert [len(lines) for lines in runs] == [1] * len(runs)
    assert len(found) == 1 and "(src/pkg/ops.py:5)" in found.pop()


def test_installed_packages_are_read_only_on_request(tmp_path: Path) -> None:
    """`jit-follow` lists those that are."""
    write(tmp_path / "site-packages", {"thirdparty/__init__.py": OPS})
    main = "import jax\nfrom thirdparty import pad_rows\n\nstep = jax.jit(pad_rows)\n"
    write(tmp_path / "work", {"main.py": main})
    path = os.pathsep.join([str(tmp_path / "site-packages"), str(harness.ROOT)])
    assert lint(tmp_path / "work", PYTHONPATH=path) == []
    (report,) = lint(tmp_path / "work", "--jit-follow=thirdparty", PYTHONPATH=path)
    assert report.startswith("./main.py:4:8: JIT101 'n'")


def test_follow_must_be_a_name(tmp_path: Path) -> None:
    """A wrong value is refused with the name of the setting."""
    write(tmp_path, {"main.py": ""})
    command = [sys.executable, "-m", "flake8", "--isolated", "--jit-follow=my-lib", "main.py"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(harness.ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "jit-follow: 'my-lib' is not the name of a package" in done.stdout + done.stderr


@pytest.mark.parametrize("broken", ["def pad_rows(:\n", "\x00", "x = '\udce9'\n"], ids=["syntax", "null", "encoding"])
def test_a_broken_file_is_that_files_affair(tmp_path: Path, broken: str) -> None:
    """The importing file is analysed without it."""
    write(tmp_path, {"main.py": "import jax\nfrom ops import pad_rows\n\nstep = jax.jit(pad_rows)\n"})
    (tmp_path / "ops.py").write_bytes(broken.encode("utf-8", "surrogateescape"))
    assert lint(tmp_path, "main.py") == []


def test_text_from_stdin_is_placed_by_its_display_name(tmp_path: Path) -> None:
    """Editors hand over text that is not saved, under the name of its file."""
    write(tmp_path, {"ops.py": OPS, "main.py": ""})
    text = "import jax\nfrom ops import pad_rows\n\nstep = jax.jit(pad_rows)\n"
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=JIT", "--stdin-display-name=main.py", "-"]
    environment = {**os.environ, "PYTHONPATH": str(harness.ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, input=text, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("main.py:4:8: JIT101 'n'")
