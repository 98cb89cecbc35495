"""Sample calls of jax.extend.core."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names
from tests.models.samples.jax_core import AVAL
from tests.models.samples.jax_core import SAMPLES as CORE

SAMPLES: Samples = {
    **{
        name: CORE[name]
        for name in names(
            """jaxpr_as_fun check_jaxpr jaxprs_in_params subjaxprs unsafe_am_i_under_a_jit_DO_NOT_USE
            unsafe_am_i_under_a_vmap_DO_NOT_USE unsafe_get_axis_names_DO_NOT_USE nonempty_axis_env_DO_NOT_USE
            valid_jaxtype concrete_or_error primal_dtype_to_tangent_dtype"""
        )
    },
    "mapped_aval": call(3, 0, AVAL),
    "unmapped_aval": call(3, 0, AVAL),
}
