"""Sample calls of chex."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.ones((2, 3))


def double(x):
    return x * 2


class Sized:
    """A class with a leaf."""

    size: int


SAMPLES: Samples = {
    "dataclass": call(Sized),
    "assert_rank": call(X, 2),
    "assert_shape": call(X, (2, 3)),
    "assert_size": call(X, 6),
    "assert_type": call(X, jnp.float32),
    "assert_equal_shape": [call([X, X]), call([X, X], dims=0)],
    "assert_equal_rank": call([X, X]),
    "assert_equal_size": call([X, X]),
    "assert_equal_shape_prefix": call([X, X], 1),
    "assert_equal_shape_suffix": call([X, X], 1),
    "assert_axis_dimension": call(X, 0, 2),
    "assert_axis_dimension_gt": call(X, 0, 1),
    "assert_axis_dimension_gteq": call(X, 0, 1),
    "assert_is_broadcastable": call((2, 1), (2, 3)),
    "assert_is_divisible": call(6, 3),
    "assert_equal": call(2, 2),
    "assert_scalar": call(2),
    "assert_scalar_in": call(2, 1, 3),
    "assert_scalar_positive": call(2),
    "assert_scalar_non_negative": call(2),
    "assert_scalar_negative": call(-2),
    "assert_not_both_none": call(X, X),
    "assert_exactly_one_is_none": call(X, None),
    "assert_tree_has_only_ndarrays": call([X]),
    "assert_tree_no_nones": call([X]),
    "assert_tree_shape_prefix": call([X], (2,)),
    "assert_tree_shape_suffix": call([X], (3,)),
    "assert_tree_all_finite": call([2.0]),
    "assert_trees_all_close": call([2.0], [2.0]),
    "assert_trees_all_equal": call([2.0], [2.0]),
    "assert_trees_all_equal_shapes": call(X, X),
    "assert_trees_all_equal_sizes": call(X, X),
    "assert_trees_all_equal_dtypes": call(X, X),
    "assert_trees_all_equal_shapes_and_dtypes": call(X, X),
    "assert_trees_all_equal_structs": call(X, X),
    "assert_max_traces": [call(double, 2), call(double, n=2)],
    "chexify": call(double),
    "with_jittable_assertions": call(double),
}
