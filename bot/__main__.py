"""The command ``python -m bot``: run, train, chat, parse, settings, report, backup, restore."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import yamlsource
from bot import address, logs, settings, unsafe
from bot.rasa import lean, training

EXPECTED = (
    address.CannotServe,
    settings.SettingsError,
    training.TrainingError,
    yamlsource.YamlError,
)
"""Errors that are said in a sentence: what they mean for a person stands in their message."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="train if data changed, then serve web and Telegram")
    train = commands.add_parser("train", help="train if data changed")
    train.add_argument("--force", action="store_true", help="train in any case")
    commands.add_parser("chat", help="talk to the assistant in the terminal")
    parse = commands.add_parser("parse", help="read messages, one a line, into JSON lines")
    parse.add_argument("--expecting", metavar="FACT", help="the fact that was just asked for")
    listing = commands.add_parser(
        "settings", help="list the settings: environment variables, defaults"
    )
    listing.add_argument(
        "--check", action="store_true", help="say what is unsafe in a deployment (exit 1)"
    )
    report = commands.add_parser("report", help="what people asked: a page with charts, and CSV")
    report.add_argument("folder", nargs="?", type=Path, default=settings.VAR / "report")
    report.add_argument("--days", type=int, default=90, help="how far back (90)")
    for name, about in (
        ("backup", "write everything that is kept into a new file, while the server runs"),
        ("restore", "put a backup into an empty database"),
    ):
        commands.add_parser(name, help=about).add_argument("file", type=Path)
    given = parser.parse_args(arguments)

    try:
        chosen = settings.load()
        if given.command == "settings":
            return _check(chosen) if given.check else _describe(chosen)
        if given.command in ("report", "backup", "restore"):
            return _with_database(given, chosen)
        return _with_rasa(given, chosen)
    except EXPECTED as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _describe(chosen: settings.Settings) -> int:
    print(settings.describe(chosen))
    return 0


def _check(chosen: settings.Settings) -> int:
    found = unsafe.dangers(chosen)
    for danger in found:
        print(danger)
    if not found:
        print("Nothing unsafe was found in the settings.")
    return 1 if found else 0


def _with_database(given: argparse.Namespace, chosen: settings.Settings) -> int:
    os.chdir(settings.ROOT)
    _quieten(chosen)
    # Imported only where they are needed: they load the database library.
    from sqlalchemy.exc import SQLAlchemyError

    from bot import backup, report

    try:
        if given.command == "report":
            page, table = report.write(chosen, given.folder, given.days)
            print(f"{page}\n{table}")
        elif given.command == "backup":
            backup.backup(chosen.sqlalchemy_url, given.file)
        else:
            backup.restore(chosen.sqlalchemy_url, given.file)
    except (backup.BackupError, report.ReportError) as error:
        print(error, file=sys.stderr)
        return 1
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        print(f"The database (DATABASE_URL) or the file cannot be used: {reason}", file=sys.stderr)
        return 1
    return 0


def _with_rasa(given: argparse.Namespace, chosen: settings.Settings) -> int:
    os.chdir(settings.ROOT)
    # our matrices are small: more threads only wait for each other, and take memory
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _quieten(chosen)
    if given.command == "train":
        if not given.force and training.is_current():
            print("The model is up to date.")
            return 0
        print("Training…", flush=True)
        print(f"Trained in {training.train():.0f} s.")
        return 0

    if given.command == "run":
        os.umask(0o077)  # what people say is for nobody else on this machine
        address.check_address(chosen)
    training.train_if_changed()
    model = training.newest_model()
    assert model is not None  # training made it or raised
    used = ("redis",) if chosen.redis_url else ()
    lean.leave_out_unused(yamlsource.plain("credentials.yml") or (), used)
    if given.command == "run":
        from bot.rasa import server

        server.serve(model, chosen)
    elif given.command == "chat":
        from bot.rasa import terminal

        terminal.chat(model)
    else:
        from bot.rasa import parse

        out = sys.stdout.buffer
        with redirect_stdout(sys.stderr):  # standard output is for the JSON lines alone
            parse.parse_lines(model, given.expecting, sys.stdin.buffer, out)
    return 0


def _quieten(chosen: settings.Settings) -> None:
    """Let only warnings and errors reach stderr, not the chatter of libraries."""
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # read by Rasa, for its progress bars too
    os.environ.setdefault("TQDM_DISABLE", "1")
    logs.configure(chosen)


if __name__ == "__main__":
    sys.exit(main())
