"""What the installed library has: public names, signatures, the functions to call."""

from __future__ import annotations

import importlib
import inspect
import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any

import jax
from jax.extend.core import Primitive

from jitlint.models.model import ParameterKind
from jitlint.models.versions import parse_version
from tests.models.claims import samples_of

RELEASE = ".".join(map(str, parse_version(jax.__version__)))
"""The installed release of JAX, as the stubs write one."""

INCOMPLETE = ("jax.experimental", "jax.extend")
"""Modules of which the stubs have what is used most."""

_LONGEST_DEFAULT = 20


def owner(module: str) -> Any:
    """The module of a stub file, or the class, as `jax.Array`; None if this JAX has none."""
    if isinstance(found := getattr(samples_of(module), "OWNER", None), type):
        return found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module(module)
        except ModuleNotFoundError:
            parent, _, name = module.rpartition(".")
            return getattr(owner(parent), name, None) if parent else None


def public_names(module: str) -> dict[str, Any]:
    """The public members of a module but for its modules and primitives (`add_p`).

    Empty for a class, and for a module that the stubs describe in part.
    """
    found = owner(module)
    if not isinstance(found, ModuleType) or module.startswith(INCOMPLETE):
        return {}
    return {
        name: member
        for name, member in vars(found).items()
        if not name.startswith("_") and not isinstance(member, ModuleType | Primitive)
    }


def has_name(module: str, name: str) -> bool:
    """Whether a module has a name, were it one that only warns and is about to go."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return hasattr(getattr(samples_of(module), "OWNER", None) or owner(module), name)


def function_of(module: str, name: str) -> Callable[..., Any]:
    """The function to call: what the samples put in its place where it works only inside something else."""
    found: Callable[..., Any] = getattr(getattr(samples_of(module), "OWNER", None) or owner(module), name)
    return found


def signature_of(function: Any) -> list[inspect.Parameter] | None:
    """The parameters of a callable; None where the library does not tell."""
    try:
        return list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None


def kind_of(parameter: inspect.Parameter) -> ParameterKind:
    """The same kind in the words of the models."""
    return ParameterKind(parameter.kind.description.replace("-", " "))


def default_text(parameter: inspect.Parameter) -> str:
    """A default as a stub writes it: a small literal, or `...`; empty where there is none."""
    default = parameter.default
    if default is parameter.empty:
        return ""
    if type(default) is str:
        return f'"{default}"' if default.isidentifier() or not default else "..."
    plain = default if isinstance(default, tuple) else (default,)
    if all(item is None or type(item) in (bool, int, float) for item in plain):
        text = repr(default)
        return text if len(text) <= _LONGEST_DEFAULT and "inf" not in text and "nan" not in text else "..."
    return "..."
