"""Sample calls of itertools. An iterator without end cannot be read to its end: no sample."""

from __future__ import annotations

from tests.models.claims import Samples, call

SAMPLES: Samples = {
    "repeat": call(2, 3),
    "accumulate": [call((1, 2)), call((1, 2), lambda x, y: x * y), call((1, 2), initial=3)],
    "chain": call((1, 2), [3]),
    "compress": call((1, 2), (1, 1)),
    "dropwhile": call(lambda x: x is None, (1, 2)),
    "filterfalse": call(lambda x: x is None, (1, 2)),
    "groupby": [call((1, 2)), call((1, 2), lambda x: x is None)],
    "islice": [call((1, 2), 1), call((1, 2), 0, 2, 1)],
    "pairwise": call((1, 2)),
    "starmap": call(lambda x, y: x + y, ((1, 2), (3, 4))),
    "takewhile": call(lambda x: x is not None, (1, 2)),
    "tee": call((1, 2), 2).then(lambda made: list(made[1])),
    "batched": [call((1, 2), 2).since("3.12"), call((1, 2), 2, strict=True).since("3.13")],
    "zip_longest": [call((1, 2), (3,)), call((1, 2), (3,), fillvalue=4)],
    "combinations": call((1, 2), 2),
    "combinations_with_replacement": call((1, 2), 2),
    "permutations": call((1, 2), 2),
    "product": [call((1, 2), (3,)), call((1, 2), repeat=2)],
}
