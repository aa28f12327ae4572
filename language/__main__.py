"""``python -m language read``: lines of text in, JSON lines out."""

from __future__ import annotations

import json
import sys
from typing import BinaryIO

from language.reading import read

_USAGE = "usage: python -m language read  (lines on standard input, JSON lines out)"


def main(arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    if arguments != ["read"]:
        print(_USAGE, file=sys.stderr)
        return 2
    try:
        read_lines(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):
        return 0
    return 0


def read_lines(source: BinaryIO, target: BinaryIO) -> None:
    """Read each line of a stream of bytes and write one JSON line for it at once.

    Bytes that are not UTF-8 are shown as U+FFFD. Only a newline ends a line.
    """
    for raw in iter(source.readline, b""):
        text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
        line = json.dumps(read(text).to_json(), ensure_ascii=False)
        target.write(line.encode("utf-8", "replace") + b"\n")
        target.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
