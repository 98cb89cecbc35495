"""Tests of the models. They only trace and lower, so the CPU is enough."""

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
