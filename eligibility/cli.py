"""The command line: ``match``, ``explain``, ``interview``, ``check``, ``schema``, ``review``.

Exit codes: 0 done; 1 the catalogue is wrong; 2 the call or the profile is wrong, said in one line.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import yamlsource
from eligibility import cache
from eligibility.catalogue import Catalogue
from eligibility.days import TodayError, read_day, today
from eligibility.problems import CatalogueError, ProfileError

DONE, WRONG_CATALOGUE, WRONG_CALL = 0, 1, 2
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?\Z")
LANGUAGES = ("fr", "ary", "ary-Latn")


class CallError(Exception):
    """The command was called wrongly; the message is one line."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CallError(message)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        options = _parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except CatalogueError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return WRONG_CATALOGUE
    except yamlsource.YamlError as error:  # the words the command line speaks by
        print(error, file=sys.stderr)
        return WRONG_CATALOGUE
    except (CallError, ProfileError, NotADirectoryError, TodayError) as error:
        print(f"eligibility: {' '.join(str(error).split())}", file=sys.stderr)
        return WRONG_CALL
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (KeyboardInterrupt, EOFError):
        print(file=sys.stderr)
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m eligibility", description="Which public support fits whom.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> Any:
        one = commands.add_parser(name, help=about, description=about)
        one.set_defaults(command=run)
        return one

    matching = command("match", _match, "verdicts for a profile")
    matching.add_argument("profile", help="a file, - for standard input, or YAML or JSON itself")
    matching.add_argument("--json", action="store_true", help="print JSON")
    explaining = command("explain", _explain, "one scheme for a profile: reasons, papers, steps")
    explaining.add_argument("scheme", help="the id of the scheme")
    explaining.add_argument("profile", help="a file, - for standard input, or YAML or JSON itself")
    asking = command("interview", _interview, "ask in the terminal until all is decided")
    checking = command("check", _check, "validate everything and run all examples")
    checking.add_argument("directory", nargs="?", help="the catalogue")
    describing = command("schema", _schema, "JSON Schema of the catalogue's files, for editors")
    describing.add_argument("kind", nargs="?", default="scheme", help="scheme (default) or facts")
    reviewing = command("review", _review, "what is stale, unsourced, untranslated or missing")
    reviewing.add_argument("--region", help="a region: which contacts are missing there")
    for one in (matching, explaining, asking, describing, reviewing):
        one.add_argument("--catalogue", metavar="DIR", help="the catalogue's directory")
    for one in (matching, explaining, asking, reviewing):
        one.add_argument("--on", metavar="DATE", help="the day (today when not given)")
    for one in (matching, explaining, asking):
        one.add_argument("--lang", choices=LANGUAGES, default="fr", help="fr, ary or ary-Latn")
    return parser


def _day(options: argparse.Namespace) -> date:
    if options.on is None:
        return today()
    day = read_day(options.on)
    if day is None or day.first is None or day.precision != "day":
        raise CallError(f"--on is “{options.on}”; a day such as 2026-11-24 was expected")
    return day.first


def _profile(given: str) -> Any:
    """Return the profile in a file, on standard input, or written in the call itself."""
    try:
        if given == "-":
            return _plain("standard input", sys.stdin.buffer.read().decode("utf-8-sig"))
        if _is_file(given):
            return yamlsource.plain(given)
        profile = _plain("profile", given)
    except yamlsource.YamlError as error:
        raise CallError(f"the profile is not YAML or JSON: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CallError(f"the profile cannot be read: {error}") from None
    if not isinstance(profile, dict):
        raise CallError(f"“{given}” is neither a file nor a profile such as {{age: 27}}")
    return profile


def _plain(name: str, text: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_int=_short_number,
            parse_float=_short_number,
            parse_constant=_short_number,
        )
    except (ValueError, RecursionError):  # YAML, or a mistake that its reader tells
        return yamlsource.plain(name, text=text)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _short_number(text: str) -> int | float:
    """Read a number that YAML reads the same way."""
    if not _NUMBER.match(text):
        raise ValueError("YAML reads this its own way")
    return float(text) if "." in text else int(text)


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except (OSError, ValueError):  # too long, or with characters no file name has
        return False


def _load(options: argparse.Namespace) -> Catalogue:
    return cache.load(options.catalogue or os.environ.get("CATALOGUE") or None)


def _match(options: argparse.Namespace) -> int:
    profile, day = _profile(options.profile), _day(options)
    match = _load(options).match(profile, day)
    if options.json:
        from eligibility.output import as_json

        print(json.dumps(as_json(match), ensure_ascii=False, indent=2))
    else:
        from eligibility.cli_speech import print_match

        print_match(match, options.lang)
    return DONE


def _explain(options: argparse.Namespace) -> int:
    from eligibility.cli_speech import print_scheme

    profile, day = _profile(options.profile), _day(options)
    catalogue = _load(options)
    catalogue.scheme(options.scheme)
    print_scheme(catalogue.match(profile, day), options.scheme, options.lang)
    return DONE


def _interview(options: argparse.Namespace) -> int:
    from eligibility.cli_interview import ask_all

    day = _day(options)
    ask_all(_load(options), day, options.lang)
    return DONE


def _check(options: argparse.Namespace) -> int:
    from eligibility.check import check

    directory = options.directory or os.environ.get("CATALOGUE") or None
    problems = check(directory)
    for problem in problems:
        print(problem)
    errors = sum(not problem.warning for problem in problems)
    if errors:
        print(f"{errors} to mend", file=sys.stderr)
    return WRONG_CATALOGUE if errors else DONE


def _schema(options: argparse.Namespace) -> int:
    from eligibility.schema import schema

    print(json.dumps(schema(_load(options), options.kind), ensure_ascii=False, indent=2))
    return DONE


def _review(options: argparse.Namespace) -> int:
    from eligibility.review import review

    day = _day(options)
    for line in review(_load(options), day, options.region):
        print(line)
    return DONE
