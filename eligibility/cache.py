"""Keeps a compiled catalogue between two calls of the command line.

What is kept is used only for exactly the same files, read by exactly the same code and Python:
all of their contents are part of the key, so it can never be stale. Only the user's own files,
which nobody else may write, are ever read back; where nothing can be kept, nothing is.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from eligibility.days import today

if TYPE_CHECKING:
    from eligibility.catalogue import Catalogue

_CODE = (Path(__file__).resolve().parent, Path(__file__).resolve().parent.parent / "yamlsource")
_DEFAULT = _CODE[0].parent / "catalogue"
_KEY_BYTES = 32
_MOST_KEPT = 8
"""Catalogues kept; the one that was written longest ago goes first."""
_OTHERS_MAY_WRITE = 0o022


def load(path: str | os.PathLike[str] | None = None) -> Catalogue:
    """Return a catalogue as :func:`eligibility.load` does, from what was kept where possible.

    Raises:
        CatalogueError: Something is wrong; ``problems`` says what and where.
        NotADirectoryError: There is no such directory.
    """
    root = Path(path) if path is not None else _DEFAULT
    try:
        key = _key(root)
    except OSError:  # the reader says what is wrong
        return _read(root)
    file = folder() / f"{hashlib.sha256(os.fsencode(root.absolute())).hexdigest()[:32]}.bin"
    kept = _kept(file, key)
    if kept is not None:
        return kept
    catalogue = _read(root)
    if _key(root) == key:  # no file changed while they were read
        _keep(file, key, catalogue)
    return catalogue


def folder() -> Path:
    """Return where catalogues are kept: the user's folder for such things."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "mouwakib"


def _read(root: Path) -> Catalogue:
    from eligibility.loading import load as read  # only where nothing is kept

    return read(root)


def _key(root: Path) -> bytes:
    """Return what tells apart any two contents of the files, of our code, and Pythons."""
    found = hashlib.blake2b(sys.version.encode(), digest_size=_KEY_BYTES)
    for file in _files(root):
        content = file.read_bytes()
        found.update(f"{file}\0{len(content)}\0".encode(errors="surrogateescape"))
        found.update(content)
    return found.digest()


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(root.glob("*.yml"))
    yield from sorted(root.glob("schemes/*/*.yml"))
    for code in _CODE:
        yield from sorted(code.glob("*.py"))


def _kept(file: Path, key: bytes) -> Catalogue | None:
    """Return the catalogue kept under a key, or None."""
    try:
        if not (_is_private(file.parent) and _is_private(file)):
            return None
        content = file.read_bytes()
        if content[:_KEY_BYTES] != key:
            return None
        day, catalogue = pickle.loads(content[_KEY_BYTES:])  # noqa: S301  # our own file
    except Exception:  # whatever is wrong with it, it can be made again
        return None
    # sources dated after the day it was checked would have been refused
    found: Catalogue | None = catalogue if day <= today() else None
    return found


def _is_private(path: Path) -> bool:
    found = path.stat()
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS_MAY_WRITE


def _keep(file: Path, key: bytes, catalogue: Catalogue) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_private(file.parent):
            return
        for fact in catalogue.facts:
            catalogue.answer_cells(fact)  # worked out when first asked for; so it is kept too
        content = key + _dump((today(), catalogue))
        handle, name = tempfile.mkstemp(dir=file.parent)  # only the owner may read or write it
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink()
            raise
        kept = sorted(file.parent.glob("*.bin"), key=lambda one: one.stat().st_mtime)
        for old in kept[:-_MOST_KEPT]:
            old.unlink()
    except (OSError, AttributeError, RecursionError, pickle.PicklingError):
        return  # a full disk, a folder that is not ours, a system without owners


def _proxy(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


def _dump(value: Any) -> bytes:
    out = io.BytesIO()
    pickler = pickle.Pickler(out, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dispatch_table[MappingProxyType] = lambda proxy: (_proxy, (dict(proxy),))
    pickler.dump(value)
    return out.getvalue()
