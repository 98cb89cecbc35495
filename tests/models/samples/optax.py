"""Sample calls of optax: a schedule is asked for a value, an optimizer for an update."""

from __future__ import annotations

import jax.numpy as jnp
import optax

from tests.models.claims import Samples, call

X = jnp.array([[0.2, 0.8], [0.6, 0.4]])
STEP = jnp.array(3)


def asked(schedule):
    return schedule(STEP)


def updated(optimizer):
    return optimizer.update(X, optimizer.init(X), X)[0]


INSTANCES = {
    "GradientTransformation": optax.sgd(0.1),
    "GradientTransformationExtraArgs": optax.with_extra_args_support(optax.sgd(0.1)),
}

SAMPLES: Samples = {
    "constant_schedule": call(0.1).then(asked),
    "linear_schedule": call(0.1, 1.0, 10, 1).then(asked),
    "polynomial_schedule": call(0.1, 1.0, 2, 10, 1).then(asked),
    "exponential_decay": call(0.1, 10, 0.9, 1, False, 0.01).then(asked),
    "cosine_decay_schedule": call(0.1, 10, 0.1, 1.5).then(asked),
    "warmup_cosine_decay_schedule": call(0.1, 1.0, 2, 10, 0.1, 1.5).then(asked),
    "warmup_exponential_decay_schedule": call(0.1, 1.0, 2, 10, 0.9, 0, False, 0.1).then(asked),
    "warmup_constant_schedule": call(0.1, 1.0, 2).then(lambda schedule: schedule(1)),
    "linear_onecycle_schedule": call(10, 1.0).then(asked),
    "cosine_onecycle_schedule": call(10, 1.0).then(asked),
    "l2_loss": call(X, X),
    "squared_error": call(X, X),
    "huber_loss": call(X, 2 * X, delta=0.5),
    "log_cosh": call(X, X),
    "hinge_loss": call(X, X),
    "sigmoid_binary_cross_entropy": call(X, X),
    "softmax_cross_entropy": [call(X, X), call(X, X, axis=0), call(X, X, 1, X > 0)],
    "softmax_cross_entropy_with_integer_labels": [
        call(X, jnp.array([0, 1])),
        call(X, jnp.array([0, 1]), axis=0),
        call(X, jnp.array([0, 1]), where=X > 0),
    ],
    "kl_divergence": [call(X, X), call(X, X, axis=0), call(X, X, 1, X > 0)],
    "cosine_similarity": [call(X, X, epsilon=0.1, axis=0), call(X, X, where=X > 0)],
    "cosine_distance": [call(X, X, epsilon=0.1, axis=0), call(X, X, where=X > 0)],
    "ctc_loss": call(X[None], jnp.zeros((1, 2)), jnp.array([[1]]), jnp.zeros((1, 1)), blank_id=0, log_epsilon=-1e4),
    "smooth_labels": [call(X, 0.1), call(X, 0.1, axis=0), call(X, 0.1, where=X > 0)],
    "safe_norm": [call(X, 0.1), call(X, 0.1, 2, 0, keepdims=True)],
    "safe_root_mean_squares": call(X, 0.1),
    "global_norm": call([X, X]),
    "apply_updates": call([X], [X]),
    "incremental_update": call([X], [X], 0.1),
    "adam": call(0.1, 0.9, 0.99, 1e-8, nesterov=True).then(updated),
    "adamw": call(0.1, 0.9, 0.99, 1e-8, weight_decay=0.1, nesterov=True).then(updated),
    "sgd": call(0.1, 0.9, True).then(updated),
    "rmsprop": call(0.1, 0.9, 1e-8, centered=False, momentum=0.9, nesterov=True).then(updated),
    "clip_by_global_norm": call(1.0).then(updated),
}
