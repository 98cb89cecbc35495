"""Sample calls of jax.debug."""

from __future__ import annotations

from tests.models.claims import Samples, call


def receive(x: object) -> None:
    """A callback."""


SAMPLES: Samples = {
    "print": [call("{} {a}", 1, a=2), call("")],
    "log": call("{} {a}", 1, a=2),
    "callback": call(receive, 1),
}
FLOOR = 0.5
