"""Proposes stub lines for what the installed JAX has and the stubs do not say, and prints them as a diff.

Run it from the root of the repository, with the Python that has the JAX in question:

    python -m tools.propose_stubs                          # all stub files of jax
    python -m tools.propose_stubs jax.numpy jax.lax        # these
    python -m tools.propose_stubs --write                  # and write them
    python -m tools.propose_stubs --measure                # how good the proposals are

After the diff, as comments, come the notes: what was not decided and what a person must look at. The page
docs/new-jax-release.md says what to do with them.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import sys

from jitlint.models.loader import STUBS, SUFFIX

os.environ.setdefault("JAX_PLATFORMS", "cpu")


def main(arguments: list[str] | None = None) -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(prog="python -m tools.propose_stubs", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="stub files, as jax.numpy; all of jax by default")
    parser.add_argument("--write", action="store_true", help="write the stub files")
    parser.add_argument("--measure", action="store_true", help="hide each committed line, propose it, and compare")
    parser.add_argument("--details", action="store_true", help="with --measure: print each difference")
    given = parser.parse_args(arguments)
    # JAX is imported only here, after its platform is chosen.
    from tests.models.claims import modules
    from tools.changes import propose
    from tools.library import RELEASE
    from tools.measure import MEASURED, report

    if given.measure:
        report(tuple(given.modules) or MEASURED, given.details)
        return
    known = [module for module in modules() if module.partition(".")[0] == "jax"]
    if unknown := set(given.modules) - set(known):
        parser.error(f"no stub file of JAX: {', '.join(sorted(unknown))}")
    notes: list[str] = []
    for module in given.modules or known:
        # What the functions print while they are called is no part of the diff.
        with contextlib.redirect_stdout(sys.stderr):
            proposal = propose(module)
        notes += proposal.notes
        path = STUBS.joinpath(*module.split(".")).with_suffix(SUFFIX)
        shown = path.relative_to(STUBS.parent.parent).as_posix()
        old, new = (text.splitlines(keepends=True) for text in (proposal.text, proposal.proposed))
        print("".join(difflib.unified_diff(old, new, f"a/{shown}", f"b/{shown}", n=1)), end="", flush=True)
        if given.write and new != old:
            path.write_text(proposal.proposed, encoding="utf-8")
    print(f"# JAX {RELEASE}: {len(notes)} notes")
    for note in notes:
        print(f"# {note}")


if __name__ == "__main__":
    main()
