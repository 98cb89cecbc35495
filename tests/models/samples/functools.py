"""Sample calls of functools."""

from __future__ import annotations

from tests.models.claims import Samples, call

SAMPLES: Samples = {
    "partial": call(lambda x, y: x + y, 1),
    "partialmethod": call(lambda x, y: x + y, 1),
    "reduce": [call(lambda x, y: x * y, (2, 3)), call(lambda x, y: x * y, [2, 3], 4)],
    "cache": call(lambda x: x),
    "cached_property": call(lambda x: x),
    "singledispatch": call(lambda x: x),
    "singledispatchmethod": call(lambda x: x),
    "cmp_to_key": call(lambda x, y: 0),
    "lru_cache": call(2, True),
    "wraps": call(lambda x: x),
    "update_wrapper": call(lambda x: x, lambda x: x),
}
