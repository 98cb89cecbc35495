"""Models of library functions: stub files and their loader."""

from jitlint.models.loader import StubError, find_model, has_module, module_names
from jitlint.models.model import Attribute, Model, ModelParameter, Need, ParameterKind, ReturnKind, Returns

__all__ = [
    "Attribute",
    "Model",
    "ModelParameter",
    "Need",
    "ParameterKind",
    "ReturnKind",
    "Returns",
    "StubError",
    "find_model",
    "has_module",
    "module_names",
]
