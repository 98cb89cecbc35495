"""What jitlint says of programs that use the libraries around JAX, and what JAX says of them.

Every program defines `example()`. Marks as in fixtures/: `# JIT101: n` where a finding is reported, `# sink` on the
line that needs the value, `# raises` where JAX raises before. A program with findings must raise there, one without
must run, where its library is installed. Flows that are not followed are in MISSED: they raise, and nothing is
reported.
"""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from jitlint.models import SHIPPED
from jitlint.models.loader import STUBS

IMPORTS = {
    "einops": "import einops\nfrom einops import rearrange, reduce, repeat",
    "equinox": "import equinox as eqx",
    "flax": "import flax.linen as nn\nfrom flax import nnx, struct",
    "optax": "import optax",
    "chex": "import chex\nfrom absl.testing import parameterized",
    "distrax": "import distrax",
    "haiku": "import haiku as hk",
    "numpyro": "import numpyro\nimport numpyro.distributions as dist",
    "jaxtyping": "from jaxtyping import Array, Bool, Float, Int, jaxtyped",
}
HEADER = """\
import pickle
from functools import partial
from types import SimpleNamespace

import jax
import jax.numpy as jnp
{imports}

X = jnp.ones((4, 6))
KEY = jax.random.key(0)
"""

PROGRAMS = {
    # einops: the lengths of axes
    "einops length of an axis": """
@jax.jit  # JIT101: n
def split(x, n):
    return rearrange(x, "a (b c) -> a b c", c=n)  # sink

def example():
    return split(X, 3)
""",
    "einops length of a new axis": """
@jax.jit  # JIT101: n
def tile(x, n):
    return einops.repeat(x, "a b -> a b n", n=n)  # sink

def example():
    return tile(X, 3)
""",
    "einops static length": """
@partial(jax.jit, static_argnames="n")
def split(x, n):
    return reduce(x, "a (b c) -> a b", "sum", c=n)

def example():
    return split(X, 3)
""",
    "einops length from a shape": """
@jax.jit
def outer(x):
    n = einops.parse_shape(x, "a b")["b"]
    rows, _ = x.shape
    return repeat(x, "a b -> a b n", n=n) + jnp.zeros((rows, n, n))

def example():
    return outer(X)
""",
    "einops result is an array": """
@jax.jit
def total(x):
    if rearrange(x, "a b -> b a").sum() > 0:  # JIT403 # sink
        return x
    return -x

def example():
    return total(X)
""",
    "einops result has a shape": """
@jax.jit
def total(x):
    y = rearrange(x, "a b -> b a")
    return sum(y[i] for i in range(y.shape[0])) + jnp.zeros(y.shape[1])

def example():
    return total(X)
""",
    "einops packed": """
@jax.jit
def both(x):
    packed, shapes = einops.pack([x, x[0]], "* b")
    first, second = einops.unpack(packed * 2, shapes, "* b")
    return first + second

def example():
    return both(X)
""",
    # equinox: filter_jit is no source, nor do the other transformations trace what is no array
    "equinox filter_jit keeps numbers": """
@eqx.filter_jit
def pad(x, n, flag):
    if flag:
        for _ in range(n):
            x = x + 1
    return x[:n] + jnp.zeros((n, 6))

@jax.jit
def doubled(x):
    return x * 2

def example():
    return pad(doubled(X), 3, True)
""",
    "equinox filter_jit as a call": """
def pad(x, n):
    return jnp.concatenate([x, jnp.zeros((n, 6))])

fast = eqx.filter_jit(pad, donate="none")
faster = partial(eqx.filter_jit, donate="none")(pad)

def example():
    return jax.jit(jnp.sin)(fast(X, 2) + faster(X, 2))
""",
    "equinox filter_jit in jax.jit": """
@eqx.filter_jit
def pad(x, n):
    return jnp.concatenate([x, jnp.zeros((n, 6))])  # sink

@jax.jit  # JIT101: n
def outer(x, n):
    return pad(x, n)

def example():
    return outer(X, 2)
""",
    "equinox filter_jit in jax.jit with a number": """
@eqx.filter_jit
def pad(x, n):
    return jnp.concatenate([x, jnp.zeros((n, 6))])

@jax.jit
def outer(x):
    return pad(x, 2)

def example():
    return outer(X)
""",
    "equinox filter_vmap keeps numbers": """
@jax.jit
def rows(x):
    def padded(row, n, flag):
        return jnp.concatenate([row, jnp.zeros(n)]) if flag else row
    return eqx.filter_vmap(padded)(x, 2, True)

def example():
    return rows(X)
""",
    "equinox filter_vmap passes on": """
@jax.jit  # JIT101: n
def rows(x, n):
    def padded(row):
        return jnp.concatenate([row, jnp.zeros(n)])  # sink
    return eqx.filter_vmap(padded)(x)

def example():
    return rows(X, 2)
""",
    "equinox filter_grad keeps numbers": """
@jax.jit
def step(x):
    def loss(params, n):
        weights, power = params
        return jnp.sum(weights[:n] ** power) + sum(range(n)) + sum(range(power))
    value, _ = eqx.filter_value_and_grad(loss)((x, 2), 3)
    gradient, _ = eqx.filter_grad(loss)((x, 2), 3)
    return value + gradient

def example():
    return step(X)
""",
    "equinox is_array": """
@jax.jit
def scale(x, n):
    if eqx.is_array(n):
        return x * n
    return x * jnp.zeros(n) if n > 0 else x

@jax.jit
def scale_inexact(x, n):
    return x * n if not eqx.is_inexact_array(n) or True else x[: int(n)]

def example():
    return scale(X, 3) + scale_inexact(X, 3)
""",
    "equinox partition": """
@jax.jit
def forward(arrays, x):
    model = eqx.combine(arrays, STATIC)
    return jax.vmap(model)(x) if model.use_bias else x

MODEL = eqx.nn.Linear(6, 2, key=KEY)
ARRAYS, STATIC = eqx.partition(MODEL, eqx.is_array)

def example():
    return forward(ARRAYS, X)
""",
    "equinox static field": """
class Net(eqx.Module):
    weight: jax.Array
    depth: int = eqx.field(static=True)

    @jax.jit
    def __call__(self, x):
        for _ in range(self.depth):
            x = x @ self.weight
        return x

def example():
    return Net(jnp.eye(6), 2)(X)
""",
    "equinox layer": """
@jax.jit  # JIT101: n
def make(x, n):
    return jax.vmap(eqx.nn.Linear(6, n, key=KEY))(x)  # sink

def example():
    return make(X, 3)
""",
    "equinox layer with a static size": """
@partial(jax.jit, static_argnums=1)
def make(x, n):
    layer = eqx.nn.MLP(6, n, n, 2, key=KEY)
    return jax.vmap(eqx.nn.Dropout(0.5)(layer, inference=True))(x)

def example():
    return make(X, 3)
""",
    # flax.nnx: its jit traces as jax.jit does, but for what a module holds besides its variables
    "flax nnx.jit": """
@nnx.jit  # JIT101: n
def pad(x, n):
    return jnp.concatenate([x, jnp.zeros((n, 6))])  # sink

def example():
    return pad(X, 2)
""",
    "flax nnx.jit by its name": """
from flax.nnx import jit

@jit(static_argnames=("width",))  # JIT101: n
def pad(x, n, width=6):
    return jnp.concatenate([x, jnp.zeros((n, width))])  # sink

def example():
    return pad(X, 2, width=6)
""",
    "flax nnx.jit with a module": """
@nnx.jit  # JIT103: train
def forward(model, x, train):
    y = model(x)
    if train:  # sink
        y = y * 2
    return y

def example():
    return forward(nnx.Linear(6, 2, rngs=nnx.Rngs(0)), X, True)
""",
    "flax nnx.jit with static names": """
@partial(nnx.jit, static_argnames="n")
def pad(x, n):
    return jnp.concatenate([x, jnp.zeros((n, 6))])

@nnx.jit(static_argnums=1)
def repeated(x, n):
    return sum(x for _ in range(n))

def example():
    return pad(X, n=2), repeated(X, 2)
""",
    "flax nnx module keeps numbers": """
class Net(nnx.Module):
    def __init__(self, depth, rngs):
        self.depth = depth
        self.scaled = True
        self.layer = nnx.Linear(6, 6, rngs=rngs)

    def __call__(self, x):
        for _ in range(self.depth):
            x = self.layer(x)
        return x * 2 if self.scaled else x

@nnx.jit
def forward(model, x):
    y = model(x)
    return y[: model.depth] if model.scaled else y

@nnx.jit
def step(model: Net, x):
    def loss(model, x):
        return sum(model(x).mean() for _ in range(model.depth))
    value, gradient = nnx.value_and_grad(loss)(model, x)
    return value, nnx.grad(loss)(model, x), nnx.vmap(lambda m, row: m(row)[: m.depth], in_axes=(None, 0))(model, x)

def example():
    model = Net(2, nnx.Rngs(0))
    return forward(model, X), step(model, X)
""",
    "flax nnx method": """
class Net(nnx.Module):
    def __init__(self, depth):
        self.depth = depth

    @nnx.jit  # JIT102: n
    def __call__(self, x, n):
        for _ in range(n):  # sink
            x = x + self.depth
        return x

def example():
    return Net(2)(X, 3)
""",
    "flax nnx.grad passes on": """
@nnx.jit  # JIT102: n
def step(x, n):
    def loss(x):
        return sum(x.sum() for _ in range(n))  # sink
    return nnx.grad(loss)(x)

def example():
    return step(X, 2)
""",
    "flax nnx.cond": """
@nnx.jit
def choose(x, flag, n):
    y = nnx.cond(flag, lambda x: x * 2, lambda x: x, x)
    return nnx.fori_loop(0, n, lambda i, y: y + i, y)

def example():
    return choose(X, True, 3)
""",
    "flax nnx.while_loop": """
@nnx.jit
def halved(x):
    def body(x):
        if x.sum() > 3:  # JIT403 # sink
            return x / 2
        return x / 3
    return nnx.while_loop(lambda x: x.sum() > 1, body, x)

def example():
    return halved(X)
""",
    "flax nnx layer": """
@nnx.jit  # JIT101: n
def make(x, n):
    return nnx.Linear(6, n, rngs=nnx.Rngs(0))(x)  # sink

def example():
    return make(X, 3)
""",
    "flax nnx batch norm": """
@nnx.jit  # JIT103: train
def forward(x, train):
    return nnx.BatchNorm(6, rngs=nnx.Rngs(0))(x, use_running_average=train)  # sink

def example():
    return forward(X, True)
""",
    # flax.linen
    "flax linen layer": """
@jax.jit  # JIT101: n
def make(x, n):
    layer = nn.Dense(n)
    return layer.init(KEY, x)  # sink

def example():
    return make(X, 3)
""",
    "flax linen batch norm": """
class Net(nn.Module):
    @nn.compact
    def __call__(self, x, train):
        return nn.BatchNorm(use_running_average=not train)(x)

@partial(jax.jit, static_argnames="train")
def forward(variables, x, train):
    return Net().apply(variables, x, train, mutable=["batch_stats"])

def example():
    return forward(Net().init(KEY, X, True), X, train=True)
""",
    "flax linen one_hot": """
@jax.jit  # JIT101: n
def codes(x, n):
    return nn.one_hot(x, n)  # sink

def example():
    return codes(jnp.arange(3), 3)
""",
    "flax linen pool": """
@jax.jit  # JIT101: n
def pooled(x, n):
    return nn.max_pool(x[None, :, :, None], (n, n))  # sink

def example():
    return pooled(X, 2)
""",
    "flax linen dropout of no rate": """
@jax.jit
def forward(x, deterministic):
    return nn.Dropout(0.0).apply({}, x, deterministic=deterministic)

def example():
    return forward(X, True)
""",
    # optax
    "optax schedule": """
@jax.jit  # JIT103: steps
def rate(count, steps):
    return optax.linear_schedule(1.0, 0.0, steps)(count)  # sink

def example():
    return rate(3, 10)
""",
    "optax axis": """
@jax.jit  # JIT106: axis
def loss(x, axis):
    return optax.softmax_cross_entropy(x, x, axis=axis).mean()  # sink

def example():
    return loss(X, 1)
""",
    "optax training": """
OPTIMIZER = optax.chain(optax.clip_by_global_norm(1.0), optax.adam(optax.cosine_decay_schedule(0.1, 10)))

@jax.jit
def step(params, state, x, smoothing, rate):
    def loss(params):
        labels = optax.smooth_labels(jax.nn.softmax(x), smoothing)
        return optax.softmax_cross_entropy(x * params["w"], labels).mean()
    value, gradient = jax.value_and_grad(loss)(params)
    updates, state = OPTIMIZER.update(gradient, state, params)
    params = optax.apply_updates(params, updates)
    other = optax.sgd(rate)
    updates, _ = other.update(gradient, other.init(params))
    return optax.incremental_update(optax.apply_updates(params, updates), params, rate), state, value

def example():
    params = {"w": jnp.ones(6)}
    return step(params, OPTIMIZER.init(params), X, 0.1, 0.01)
""",
    "optax loss in a branch": """
@jax.jit
def clipped(x):
    loss = optax.l2_loss(x).mean()
    if loss > 1.0:  # JIT403 # sink
        return loss / 2
    return loss

def example():
    return clipped(X)
""",
    # chex
    "chex rank": """
@jax.jit  # JIT106: rank
def checked(x, rank):
    chex.assert_rank(x, rank)  # sink
    return x

def example():
    return checked(X, 2)
""",
    "chex shape": """
@jax.jit  # JIT106: n
def checked(x, n):
    chex.assert_shape(x, (None, n))  # sink
    return x

def example():
    return checked(X, 6)
""",
    "chex scalar": """
@jax.jit  # JIT106: n
def checked(x, n):
    chex.assert_scalar_positive(n)  # sink
    return x * n

def example():
    return checked(X, 6)
""",
    "chex assertions": """
@chex.dataclass
class State:
    x: chex.Array
    n: chex.Scalar

@jax.jit
def checked(state: State, y):
    chex.assert_rank([state.x, y], 2)
    chex.assert_equal_shape([state.x, y])
    chex.assert_type(y, float)
    chex.assert_shape(y, (4, ...))
    chex.assert_trees_all_equal_shapes(state.x, y)
    chex.assert_axis_dimension(y, 0, state.x.shape[0])
    return state.replace(x=state.x * state.n)

@chex.chexify
@jax.jit
def finite(x):
    chex.assert_tree_all_finite(x)
    chex.assert_trees_all_close(x, x)
    return x

def example():
    return checked(State(x=X, n=2), X), finite(X)
""",
    "chex assert_max_traces": """
@jax.jit  # JIT102: n
@chex.assert_max_traces(n=2)
def repeated(x, n):
    return sum(x for _ in range(n))  # sink

def example():
    return repeated(X, 3)
""",
    "chex assert_max_traces with static names": """
@partial(jax.jit, static_argnames="n")
@chex.assert_max_traces(n=2)
def repeated(x, n):
    return sum(x for _ in range(n))

def example():
    return repeated(X, n=3)
""",
    "chex variants": """
class Test(chex.TestCase):
    @chex.variants(with_jit=True, without_jit=True)
    def test_pad(self):
        @self.variant(static_argnums=1)
        def pad(x, n):
            return jnp.concatenate([x, jnp.zeros((n, 6))])
        assert pad(X, 2).shape == (6, 6)

def example():
    return jax.jit(jnp.sin)(X)
""",
    # numpyro
    "numpyro sample_shape": """
@jax.jit  # JIT101: n
def draw(key, n):
    return dist.Normal(0.0, 1.0).sample(key, (n,))  # sink

def example():
    return draw(KEY, 3)
""",
    "numpyro expand": """
@jax.jit  # JIT101: n
def draw(key, n):
    d = dist.Normal(0.0, 1.0).expand([n]).to_event(1)
    return d.sample(key)  # sink

def example():
    return draw(KEY, 3)
""",
    "numpyro plate": """
def model(x, n):
    with numpyro.plate("rows", n):  # sink
        return numpyro.sample("x", dist.Normal(x, 1.0))

@jax.jit  # JIT101: n
def draw(key, x, n):
    with numpyro.handlers.seed(rng_seed=key):
        return model(x, n)

def example():
    return draw(KEY, 0.5, 3)
""",
    "numpyro model": """
def model(x, y):
    scale = numpyro.sample("scale", dist.HalfNormal(1.0))
    with numpyro.plate("rows", x.shape[0]):
        weights = dist.Normal(0.0, scale).expand([x.shape[1]]).to_event(1)
        numpyro.factor("prior", weights.log_prob(x) + jnp.zeros(weights.batch_shape))
        return numpyro.sample("y", dist.Normal(x.sum(1), scale), obs=y)

@jax.jit
def density(x, y, scale):
    return numpyro.infer.util.log_density(model, (x, y), {}, {"scale": scale})[0]

def example():
    return density(X, X[:, 0], 0.5)
""",
    "numpyro log_prob in a branch": """
@jax.jit
def accept(x, rate):
    if dist.Exponential(rate).log_prob(x).sum() > 0:  # JIT403 # sink
        return x
    return -x

def example():
    return accept(X, 0.5)
""",
    # distrax
    "distrax sample_shape": """
@jax.jit  # JIT101: n
def draw(key, n):
    return distrax.Normal(0.0, 1.0).sample(seed=key, sample_shape=n)  # sink

def example():
    return draw(KEY, 3)
""",
    "distrax policy": """
@partial(jax.jit, static_argnames="n")
def act(key, logits, temperature, n):
    policy = distrax.Softmax(logits, temperature)
    action, log_prob = policy.sample_and_log_prob(seed=key, sample_shape=(n,))
    spread = distrax.Independent(distrax.Normal(logits, temperature), reinterpreted_batch_ndims=1)
    entropy = policy.entropy() + jnp.zeros(policy.batch_shape)
    return action, log_prob, entropy, spread.log_prob(logits), policy.kl_divergence(policy)

def example():
    return act(KEY, X, 0.5, n=2)
""",
    "distrax log_prob in a branch": """
@jax.jit
def act(key, logits):
    action, log_prob = distrax.Categorical(logits).sample_and_log_prob(seed=key)
    if (log_prob > -1).all():  # JIT403 # sink
        return action
    return -action

def example():
    return act(KEY, X)
""",
    # haiku
    "haiku one_hot": """
@jax.jit  # JIT101: n
def codes(x, n, rate):
    return hk.dropout(KEY, rate, hk.one_hot(x, n))  # sink

def example():
    return codes(jnp.arange(3), 3, 0.5)
""",
    "haiku transformed": """
def network(x, width):
    for _ in range(width):
        x = hk.Linear(width)(hk.max_pool(x, (1, 2), (1, 1), "SAME", channel_axis=None))
    return x

@partial(jax.jit, static_argnames="width")
def forward(params, x, width):
    return hk.without_apply_rng(hk.transform(network)).apply(params, x, width)

def example():
    return forward(hk.transform(network).init(KEY, X, 3), X, width=3)
""",
    # jaxtyping: annotations and the checker between jit and def
    "jaxtyping checker": """
@jax.jit  # JIT101: n
@jaxtyped(typechecker=None)
def pad(x: Float[Array, "a b"], n: int) -> Float[Array, "c b"]:
    return jnp.concatenate([x, jnp.zeros((n, 6))])  # sink

def example():
    return pad(X, 2)
""",
    "jaxtyping checker as a call": """
def pad(x: Float[Array, "a b"], n: int) -> Float[Array, "c b"]:
    return jnp.concatenate([x, jnp.zeros((n, 6))])  # sink

fast = jax.jit(jaxtyped(pad, typechecker=None))  # JIT101: n

def example():
    return fast(X, 2)
""",
    "jaxtyping checker with static numbers": """
@partial(jax.jit, static_argnums=1)
@jaxtyped(typechecker=None)
def pad(x: Float[Array, "a b"], n: int) -> Float[Array, "c b"]:
    return jnp.concatenate([x, jnp.zeros((n, 6))])

def example():
    return pad(X, 2)
""",
    "jaxtyping array in a branch": """
@jax.jit
def reset(x: Float[Array, "a b"], done: Bool[Array, ""]) -> Float[Array, "a b"]:
    if done:  # JIT403 # sink
        return x * 0
    return x

def example():
    return reset(X, jnp.array(True))
""",
    "jaxtyping array has a shape": """
@jax.jit
def rows(x: Float[Array, "a b"], index: Int[Array, ""] | None = None) -> Float[Array, "b"]:
    total = jnp.zeros(x.shape[1])
    for i in range(x.shape[0]):
        total = total + x[i]
    return total if index is None else total[index]

def example():
    return rows(X), rows(X, jnp.array(1))
""",
    # Classes that models call pytrees, or that jit refuses
    "equinox leaf of a module": """
class Net(eqx.Module):
    width: int
    mode: str = eqx.field(static=True)

@jax.jit  # JIT101: net
def pad(x, net: Net):
    return jnp.pad(x, 1, mode=net.mode) + jnp.zeros((net.width, 8))  # sink

def example():
    return pad(X, pickle.loads(pickle.dumps(Net(6, "edge"))))
""",
    "equinox static field of a module": """
class Net(eqx.Module):
    scale: float
    width: int = eqx.field(static=True)

    @jax.jit
    def pad(self, x):
        return self.scale * x + jnp.zeros((self.width, 6))

@eqx.filter_jit
def scaled(x, net: Net):
    return net.pad(x) if net.scale > 1 else x

def example():
    return scaled(X, pickle.loads(pickle.dumps(Net(2.0, 4))))
""",
    "flax struct leaf": """
@struct.dataclass
class Sizes:
    rows: int
    columns: int = struct.field(pytree_node=False, default=6)

@jax.jit  # JIT101: sizes
def pad(x, sizes: Sizes):
    return x + jnp.zeros(sizes.columns) + jnp.zeros((sizes.rows, 1))  # sink

def example():
    return pad(X, pickle.loads(pickle.dumps(Sizes(4))))
""",
    "flax struct static fields": """
class Sizes(struct.PyTreeNode):
    scale: float
    columns: int = struct.field(pytree_node=False, default=6)

@jax.jit
def pad(x, sizes: Sizes):
    return x * sizes.scale + jnp.zeros(sizes.columns)

def example():
    return pad(X, pickle.loads(pickle.dumps(Sizes(4.0))))
""",
    "chex dataclass leaf": """
@chex.dataclass(frozen=True)
class Sizes:
    rows: int

@jax.jit  # JIT103: sizes
def pad(x, sizes: Sizes):
    return x if sizes.rows else -x  # sink

def example():
    return pad(X, pickle.loads(pickle.dumps(Sizes(rows=4))))
""",
    "flax linen module as argument": """
class Net(nn.Module):
    width: int = 3

    @nn.compact
    def __call__(self, x):
        return nn.Dense(self.width)(x)

@jax.jit  # JIT108: net
def applied(net: Net, x):
    return net.init_with_output(KEY, x)  # sink

def example():
    return applied(pickle.loads(pickle.dumps(Net())), X)  # raises
""",
    "optax transformation as argument": """
@jax.jit  # JIT108: optimizer
def started(optimizer: optax.GradientTransformation, x):
    return optimizer.init(x)  # sink

def example():
    return started(SimpleNamespace(optimizer=optax.sgd(0.1)).optimizer, X)  # raises
""",
    "haiku transformed function as argument": """
@jax.jit  # JIT108: net
def started(net: hk.Transformed, x):
    return net.init(KEY, x)  # sink

def example():
    return started(SimpleNamespace(net=hk.transform(lambda x: x)).net, X)  # raises
""",
}
MISSED = {
    "flax linen apply": """
class Net(nn.Module):
    @nn.compact
    def __call__(self, x, train):
        if train:  # sink
            x = x * 2
        return nn.Dense(3)(x)

@jax.jit
def forward(params, x, train):
    return Net().apply(params, x, train)

def example():
    return forward(Net().init(KEY, X, True), X, True)
""",
}
ALL = PROGRAMS | MISSED


def text_of(name: str) -> str:
    return HEADER.format(imports=IMPORTS[name.split()[0]]) + "\n" + ALL[name]


def file_of(name: str) -> str:
    return re.sub(r"\W+", "_", name) + ".py"


def marked(name: str) -> list[tuple[int, str, str]]:
    """The findings that a program is marked with: line, code and parameter."""
    found: list[tuple[int, str, str]] = []
    for number, line in enumerate(text_of(name).splitlines(), 1):
        found += [(number, m[1], m[2] or "") for m in re.finditer(r"# (JIT\d+)(?:: (\w+))?", line)]
    return found


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[int, str, str]]]:
    """What flake8 says of each program."""
    folder = tmp_path_factory.mktemp("third_party")
    for name in ALL:
        (folder / file_of(name)).write_text(text_of(name), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "flake8",
        "--isolated",
        "--select=JIT1,JIT2,JIT3,JIT4",
        "--format=%(path)s:%(row)d:%(code)s:%(text)s",
    ]
    environment = {**os.environ, "JITLINT_STRICT": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1) and not done.stderr, done.stderr
    found: dict[str, list[tuple[int, str, str]]] = {file_of(name): [] for name in ALL}
    for line in done.stdout.splitlines():
        path, row, code, text = line.removeprefix("./").split(":", 3)
        parameter = re.match(r"'(\w+)'", text)
        found[path].append((int(row), code, parameter[1] if parameter and code.startswith("JIT1") else ""))
    return found


@pytest.mark.parametrize("name", PROGRAMS)
def test_report(name: str, reports: dict[str, list[tuple[int, str, str]]]) -> None:
    assert reports[file_of(name)] == marked(name)


@pytest.mark.parametrize("name", MISSED)
def test_still_missed(name: str, reports: dict[str, list[tuple[int, str, str]]]) -> None:
    assert reports[file_of(name)] == []


@pytest.mark.parametrize("name", ALL)
def test_proof(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program raises on the line marked as sink, or runs where nothing is marked."""
    pytest.importorskip(name.split()[0])
    path = tmp_path / file_of(name)
    source = text_of(name)
    path.write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    example = importlib.import_module(path.stem).example
    lines = list(enumerate(source.splitlines(), 1))
    # jit itself refuses what JIT108 is about, at the call.
    sinks = [n for n, line in lines if "# raises" in line] or [n for n, line in lines if "# sink" in line]
    if not sinks:
        example()
        return
    with pytest.raises(Exception) as caught:
        example()
    frames = [line for frame, line in traceback.walk_tb(caught.tb) if frame.f_code.co_filename == str(path)]
    assert frames[-1] in sinks, str(caught.value)


def test_every_line_can_be_read() -> None:
    """The stubs of libraries that are not installed too."""
    for library in IMPORTS:
        files = [*STUBS.glob(f"{library}.pyi"), *(STUBS / library).rglob("*.pyi")]
        modules = [".".join(file.relative_to(STUBS).with_suffix("").parts) for file in files]
        assert modules and all(SHIPPED.find(f"{m}.{name}") is not None for m in modules for name in SHIPPED.lines(m))
