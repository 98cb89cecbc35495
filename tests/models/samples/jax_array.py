"""Sample calls of the methods of jax.Array; the first value is the array."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Call, Samples, call, call_for_needs

X = jnp.arange(6.0).reshape(2, 3) / 4
V = jnp.array([0.5, 0.25, 1.0])
M = X > 0.5
I = jnp.array([2, 0, 1])
SQUARE = jnp.arange(9.0).reshape(3, 3)
OWNER = type(X)
SELF = X


def _all(names: str, *calls: Call) -> dict[str, Call | list[Call]]:
    return {name: list(calls) for name in names.split()}


SAMPLES: Samples = {
    "item": [call(V[0]), call(V, 1)],
    **_all("tolist tobytes devices is_deleted on_device_size_in_bytes unsafe_buffer_pointer", call(X)),
    "addressable_data": call(X, 0),
    "reshape": [call(X, 3, 2), call(X, (3, 2)), call(X, -1)],
    **_all("ravel flatten byteswap conj conjugate block_until_ready", call(X)),
    "copy": [call(X), call(X, "K").until("0.4.33")],
    "transpose": [call(X), call(X, 1, 0), call(X, (1, 0))],
    "swapaxes": call(X, 0, 1),
    "squeeze": [call(X[None]), call(X[None], 0), call(X[None, None], (0, 1))],
    "repeat": [
        call(X, 2),
        call(X, 3, axis=1),
        call(X, jnp.array([1, 2]), 0),
        call(X, jnp.array([1, 2]), 0, total_repeat_length=3),
        call(V, 2, total_repeat_length=4),
    ],
    "view": [call_for_needs(X), call(X, jnp.int32).since("0.4.36")],
    "astype": [call(X, None, True), call(X, jnp.int32, True).since("0.8.0")],
    **_all("all any", call(X), call(X, (0, 1), None, True, where=M)),
    **_all("sum prod", call(X), call(X, (0, 1), jnp.float32, None, True, 1.0, M), call(X, 0, promote_integers=False)),
    **_all("max min", call(X), call(X, (0, 1), None, True, 1.0, M)),
    "mean": [call(X), call(X, (0, 1), jnp.float32, None, True, where=M)],
    **_all("std var", call(X), call(X, (0, 1), jnp.float32, None, 1, True, where=M), call(X, 0, correction=1)),
    "ptp": [call(X), call(X, 0, None, True)],
    **_all("argmax argmin", call(X), call(X, 0, None, True)),
    **_all("cumsum cumprod", call(X), call(X, 0)),
    "trace": [call(SQUARE), call(SQUARE, 1, 0, 1)],
    "dot": call(X, V),
    "clip": [call(X, 0.1, 0.5), call(X, max=V)],
    "round": [call(X), call(X, 1)],
    "diagonal": call(SQUARE, 1, 0, 1),
    "take": [call(X, I), call(X, 1, 0), call(X, I, 1, None, None, False, False, 2.0), call(X, I, mode="clip")],
    "choose": call(I % 2, [V, V * 2], mode="clip"),
    "compress": [call(X, V > 0.3, 1), call(X, V > 0.3, 1, size=2, fill_value=0)],
    "nonzero": [call(M), call(M, size=2, fill_value=0)],
    **_all("sort argsort", call(X), call(X, 0, stable=True, descending=True)),
    "argpartition": [call(X, 1, 0).until("0.5.0"), call(X, 1, 0).since("0.10.0")],
    "searchsorted": [call(V, X), call(V, 0.5, sorter=I)],
    "to_device": call(X, jax.devices()[0]),
}
_LACKING = (
    "clone copy_to_host_async device device_buffer device_buffers format is_ready layout platform unsafe_raw_buffer"
)
LEFT_OUT = {
    **dict.fromkeys(_LACKING.split(), "a traced array has no such attribute: hasattr is false"),
    **dict.fromkeys(("delete", "flat", "traceback"), "raises for a traced array; other objects have the name as well"),
}
"""The attributes without a line. A line would make any object with such an attribute an array."""
