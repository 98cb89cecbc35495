"""The flake8 plugin: options in, findings out."""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from flake8.discover_files import expand_paths
from flake8.exceptions import ExecutionError
from flake8.options.manager import OptionManager
from flake8.style_guide import Decision, DecisionEngine

from jitlint import __version__
from jitlint.checker import NotAnalysedError, check, load_engine, read_stubs
from jitlint.settings import Settings, SettingsError, make_settings


class Plugin:
    """Finds arguments of jitted functions that must be static. flake8 makes one per file."""

    name = "jitlint"
    version = __version__
    settings: ClassVar[Settings] = Settings()

    def __init__(self, tree: ast.Module, lines: Sequence[str], filename: str = "-") -> None:
        """Take what flake8 knows of a file: its syntax tree, its lines, its name."""
        self._tree = tree
        self._lines = lines
        self._filename = filename

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Register the options, and the codes that are off until asked for."""
        manager.add_option(
            "--jit-wrappers",
            default="",
            comma_separated_list=True,
            parse_from_config=True,
            help="further names that apply jit, such as mylib.jit (comma-separated)",
        )
        manager.add_option(
            "--jit-pedantic",
            action="store_true",
            default=False,
            parse_from_config=True,
            help="also report uncertain flows, through values of which jitlint knows little",
        )
        manager.add_option(
            "--jit-models",
            default="",
            comma_separated_list=True,
            normalize_paths=True,
            parse_from_config=True,
            help="stub files or folders with models of further libraries (comma-separated)",
        )
        manager.add_option(
            "--jit-jax-version",
            default="",
            parse_from_config=True,
            help="the release of JAX that the code runs on, such as 0.4.30 (default: the newest)",
        )
        manager.add_option(
            "--jit-follow",
            default="",
            comma_separated_list=True,
            parse_from_config=True,
            help="installed packages that are read as the files of the project are, such as mylib (comma-separated)",
        )
        manager.extend_default_ignore(["JIT9"])

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Read the options. Raises flake8's ExecutionError, which names the setting, if one can't be used."""
        try:
            decide = DecisionEngine(options).decision_for
            settings = make_settings(
                options.jit_wrappers,
                options.jit_pedantic,
                decide("JIT901") is Decision.Selected,
                options.jit_models,
                options.jit_jax_version,
                decide("JIT903") is Decision.Selected,
                options.jit_follow,
                decide("JIT902") is Decision.Selected,
            )
            cls.settings = read_stubs(settings)
        except SettingsError as error:
            raise ExecutionError(str(error)) from error
        if "-" not in options.filenames:
            files = expand_paths(
                paths=options.filenames,
                stdin_display_name=options.stdin_display_name,
                filename_patterns=options.filename,
                exclude=(*options.exclude, *options.extend_exclude),
            )
            load_engine(files, cls.settings)

    def run(self) -> Iterator[tuple[int, int, str, type[Any]]]:
        """Yield the findings of the file as flake8 wants them."""
        try:
            findings = check(self._lines, self._tree, self.settings, self._filename)
        except NotAnalysedError as error:
            print(f"jitlint: {self._filename}: not analysed, {error}", file=sys.stderr)
            return
        for finding in findings:
            yield finding.line, finding.column, f"{finding.code} {finding.message}", type(self)
