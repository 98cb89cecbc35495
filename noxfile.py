"""Checks that need environments of their own.

nox -s models: the stubs of JAX, NumPy and Python against the releases of JAX that users have.
nox -s third_party: the stubs of other libraries, with those libraries installed.
"""

from __future__ import annotations

import nox

TESTS = ("pytest>=8.0", "hypothesis>=6.100", "libcst>=1.1", "flake8>=6.0", "pyyaml>=6.0", "rich", "flatbuffers")
OF_ITS_TIME = {"==0.4.30": ("numpy<2.1", "scipy<1.14", "absl-py")}
"""What a release needs that does not say so, or does not bear newer ones of."""
CLAIMS = ("tests/models",)
LIBRARIES = ("einops", "equinox", "flax", "optax", "chex", "distrax", "numpyro", "jaxtyping", "dm-haiku")

nox.options.sessions = ["models", "third_party"]
nox.options.reuse_existing_virtualenvs = True


@nox.session
@nox.parametrize(
    ("python", "jax"),
    [
        # The oldest supported, one of the middle, the newest for Python 3.11, the newest of all.
        nox.param("3.11", "==0.4.30", id="0.4.30"),
        nox.param("3.11", "==0.6.2", id="0.6.2"),
        nox.param("3.11", "", id="newest-3.11"),
        nox.param("3.13", "", id="newest"),
    ],
)
def models(session: nox.Session, jax: str) -> None:
    """Run every claim of the stubs on one release of JAX."""
    session.install(f"jax{jax}", f"jaxlib{jax}", *OF_ITS_TIME.get(jax, ()), *TESTS)
    session.install("-e", ".", "--no-deps")
    session.run("python", "-c", "import jax; print('JAX', jax.__version__)")
    session.run("python", "-m", "pytest", "-q", *CLAIMS, *session.posargs, env={"JAX_PLATFORMS": "cpu"})


@nox.session(python="3.11")
def third_party(session: nox.Session) -> None:
    """Run the claims of the stubs of other libraries."""
    session.install(*LIBRARIES, *TESTS)
    session.install("-e", ".", "--no-deps")
    session.run(
        "python",
        *("-m", "pytest", "-q", "tests/models/test_claims.py", "tests/test_third_party.py"),
        *session.posargs,
        env={"JAX_PLATFORMS": "cpu"},
    )
