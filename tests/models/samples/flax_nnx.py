"""Sample calls of flax.nnx."""

from __future__ import annotations

import jax
import jax.numpy as jnp
from flax import nnx

from tests.models.claims import Samples, call
from tests.models.samples import names
from tests.models.samples.flax_linen import SAMPLES as LINEN

MESH = jax.make_mesh((1,), ("i",))
SPEC = jax.sharding.PartitionSpec("i")
X = jnp.arange(3.0)
HIDDEN = "the metaclass hides it"


def total(x, n=2):
    return jnp.sum(x * 2)


def step(carry, x):
    return carry + x, x


SAMPLES: Samples = {
    "jit": [call(total), call(total, static_argnums=1), call(total, static_argnames="n")],
    "pmap": call(total),
    "vmap": call(total),
    "grad": call(total),
    "value_and_grad": call(total),
    "remat": call(total),
    "shard_map": call(total, mesh=MESH, in_specs=SPEC, out_specs=SPEC),
    "scan": call(step),
    "cond": call(True, lambda x: x * 2, lambda x: x, X),
    "switch": call(0, [lambda x: x, lambda x: 2 * x], X),
    "while_loop": call(lambda x: x[0] < 3, lambda x: x + 1, X),
    "fori_loop": [call(0, 3, lambda i, x: x + i, X), call(0, 3, lambda i, x: x + i, X, unroll=1)],
    "eval_shape": [call(lambda x: x * 2, X), call(lambda x: x * 2, x=X)],
    "Linear": call(3, 2, use_bias=True, rngs=nnx.Rngs(0)),
    "Conv": call(3, 2, (2, 2), use_bias=True, rngs=nnx.Rngs(0)),
    "Embed": call(3, 2, rngs=nnx.Rngs(0)),
    "LayerNorm": call(3, use_bias=True, use_scale=True, rngs=nnx.Rngs(0)),
    "RMSNorm": call(3, use_scale=True, rngs=nnx.Rngs(0)),
    "BatchNorm": call(3, use_bias=True, use_scale=True, rngs=nnx.Rngs(0)),
    "Dropout": call(0.5),
    "MultiHeadAttention": call(2, 4, rngs=nnx.Rngs(0)),
    "min_pool": LINEN["max_pool"],
    **{
        name: LINEN[name]
        for name in ("one_hot", "avg_pool", "max_pool", "pool", "make_causal_mask", "make_attention_mask")
    },
}
NO_SIGNATURE = dict.fromkeys(names("Linear Conv Embed LayerNorm RMSNorm BatchNorm Dropout MultiHeadAttention"), HIDDEN)
