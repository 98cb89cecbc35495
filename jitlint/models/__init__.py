"""Models of library functions: stub files and their loader."""

from jitlint.models.loader import SHIPPED, Models, models_of
from jitlint.models.model import Attribute, Model, ModelParameter, Need, ParameterKind, ReturnKind, Returns, StubError

__all__ = [
    "SHIPPED",
    "Attribute",
    "Model",
    "ModelParameter",
    "Models",
    "Need",
    "ParameterKind",
    "ReturnKind",
    "Returns",
    "StubError",
    "models_of",
]
