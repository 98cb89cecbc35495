"""Sample calls of the methods of str."""

from __future__ import annotations

from tests.models.claims import Samples, call

OWNER = str
SELF = "a b"

SAMPLES: Samples = {
    "split": [call("a b c", None, 1), call("a b c", maxsplit=1)],
    "rsplit": call("a b c", None, 1),
    "replace": call("aa", "a", "b", 1),
    "center": call("a", 5),
    "ljust": call("a", 5),
    "rjust": call("a", 5),
    "zfill": call("a", 5),
    "expandtabs": call("\ta", 2),
    "count": call("aaa", "a", 1, 2),
    "find": call("aaa", "a", 1, 2),
    "rfind": call("aaa", "a", 1, 2),
    "index": call("aaa", "a", 1, 2),
    "rindex": call("aaa", "a", 1, 2),
    "format": [call("{} {}", 1, 2.5), call("{a}", a=1)],
    "format_map": call("{a}", {"a": 1}),
    "startswith": call("aaa", "a", 1, 2),
    "endswith": call("aaa", "a", 1, 2),
    "splitlines": call("a\nb", True),
}
FLOOR = 0.7
