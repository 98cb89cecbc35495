"""What a user may set."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

_RELEASE = re.compile(r"\d+(\.\d+)*")
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


class SettingsError(ValueError):
    """A setting has a value that it can't have. The message names the setting."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices.

    wrappers: dotted names that apply jit besides JAX's own, such as `mylib.jit`.
    pedantic: report uncertain flows too.
    stubs: the user's stub files and folders, with models of further libraries.
    jax_version: the release of JAX that the code runs on, None for the newest.
    defaults: look for parameters that would fail if a call passed them (JIT901).
    needless: look for static arguments that nothing needs to be static (JIT903).
    names: say where static_argnums should be static_argnames (JIT902).
    follow: installed packages whose files are read as those of the project are.
    strict: raise an error at a syntax-tree node that the engine does not know (for the test suite).
    """

    wrappers: tuple[str, ...] = ()
    pedantic: bool = False
    stubs: tuple[str, ...] = ()
    jax_version: tuple[int, ...] | None = None
    defaults: bool = True
    needless: bool = True
    names: bool = False
    follow: tuple[str, ...] = ()
    strict: bool = False


def make_settings(
    wrappers: Iterable[str] = (),
    pedantic: bool = False,
    defaults: bool = True,
    stubs: Iterable[str] = (),
    jax_version: str = "",
    needless: bool = True,
    follow: Iterable[str] = (),
    names: bool = False,
) -> Settings:
    """Check the raw values of the options and return the settings.

    Raises SettingsError if a wrapper is no dotted Python name, a package to follow no name, or the version of JAX no
    release number.
    """
    followed = tuple(name.strip() for name in follow if name.strip())
    for name in followed:
        if not name.isidentifier():
            raise SettingsError(f"jit-follow: {name!r} is not the name of a package such as mylib")
    wrapping = tuple(name.strip() for name in wrappers if name.strip())
    for name in wrapping:
        if not _NAME.fullmatch(name):
            raise SettingsError(f"jit-wrappers: {name!r} is not a dotted Python name such as mylib.jit")
    if jax_version and not _RELEASE.fullmatch(jax_version):
        raise SettingsError(f"jit-jax-version: {jax_version!r} is not a release number such as 0.4.30")
    return Settings(
        wrapping,
        pedantic,
        tuple(stub for stub in stubs if stub.strip()),
        tuple(map(int, jax_version.split("."))) if jax_version else None,
        defaults,
        needless,
        names,
        followed,
        os.environ.get("JITLINT_STRICT") == "1",
    )
