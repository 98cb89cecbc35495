"""Sample calls of the methods of str."""

from __future__ import annotations

import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

X = np.ones(2)

OWNER = str
SELF = "a b"

SAMPLES: Samples = {
    "split": [call("a b c", " ", 1), call("a b c", maxsplit=1)],
    "rsplit": call("a b c", " ", 1),
    "replace": call("aa", "a", "b", 1),
    "center": call("a", 5, "-"),
    "ljust": call("a", 5, "-"),
    "rjust": call("a", 5, "-"),
    "zfill": call("a", 5),
    "expandtabs": call("\ta", 2),
    "count": call("aaa", "a", 1, 2),
    "find": call("aaa", "a", 1, 2),
    "rfind": call("aaa", "a", 1, 2),
    "index": call("aaa", "a", 1, 2),
    "rindex": call("aaa", "a", 1, 2),
    "format": [call("{} {}", X, X), call("{a}", a=X)],
    "format_map": call("{a}", {"a": X}),
    "startswith": call("aaa", "a", 1, 2),
    "endswith": call("aaa", "a", 1, 2),
    "splitlines": call("a\nb", True),
    # Text only
    **{name: call("abc", "a") for name in names("strip lstrip rstrip removeprefix removesuffix partition rpartition")},
    "join": call("a", ["b", "c"]),
    "encode": call("a", "utf-8", "strict"),
    "translate": call("a", {97: "b"}),
    **{name: call("a") for name in names("capitalize casefold lower swapcase title upper")},
    **{name: call("a") for name in names("isalnum isalpha isascii isdecimal isdigit isidentifier")},
    **{name: call("a") for name in names("islower isnumeric isprintable isspace istitle isupper")},
}
