"""Training: only when something that a model is made of has changed, and only one model kept."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from bot import settings

MODEL = settings.MODELS / "mouwakib.tar.gz"
_FINGERPRINT = settings.MODELS / "mouwakib.fingerprint"
_FILES = ("config.yml", "domain.yml", "requirements.lock", "bot/understanding.py")
_FOLDERS = (
    ("data", ("*.yml",)),
    ("language", ("*.py", "*.yml")),
    ("bot/rasa/nlu", ("*.py", "*.yml")),
)


class TrainingError(RuntimeError):
    """No model could be made; the message is one sentence for a person."""


def fingerprint() -> str:
    """Return a digest of everything that a model is made of."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for name in _FILES:
        if (path := settings.ROOT / name).is_file():
            yield path
    for folder, patterns in _FOLDERS:
        for pattern in patterns:
            yield from (settings.ROOT / folder).rglob(pattern)


def is_current() -> bool:
    """Return whether the model at hand was made from the data at hand, and is whole."""
    try:
        return _FINGERPRINT.read_text() == _made(fingerprint())
    except OSError:
        return False


def _made(made_of: str) -> str:
    """Return what is noted of a model: what it was made of, and its own digest.

    A file that is no longer what was written (a full disk, a bad copy) is trained anew.
    """
    return f"{made_of} {hashlib.sha256(MODEL.read_bytes()).hexdigest()}"


def newest_model() -> Path | None:
    """Return the newest model under ``models/``, also one that ``rasa train`` made."""
    models = sorted(settings.MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return models[-1] if models else None


def train_if_changed() -> bool:
    """Train in a process of its own, so that its memory is given back; return whether it did.

    Raises:
        TrainingError: The training failed; its own messages stand above.
    """
    if is_current():
        return False
    environment = {**os.environ, "PYTHONPATH": str(settings.ROOT)}
    command = [sys.executable, "-m", "bot", "train"]
    done = subprocess.run(
        command, cwd=settings.ROOT, env=environment, stdout=sys.stderr, check=False
    )
    if done.returncode:
        raise TrainingError("There is no model to serve: the training failed, see above.")
    return True


def train() -> float:
    """Make a model of the data at hand and drop all others; return the seconds it took.

    Raises:
        TrainingError: The data cannot be trained on, or ``models/`` cannot be written.
    """
    from rasa.model_training import train as rasa_train
    from rasa.shared.exceptions import RasaException

    started = time.monotonic()
    made_of = fingerprint()
    try:
        settings.MODELS.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="training-", dir=settings.MODELS) as fresh:
            with redirect_stdout(StringIO()) as said:
                result = rasa_train(
                    domain=str(settings.ROOT / "domain.yml"),
                    config=str(settings.ROOT / "config.yml"),
                    training_files=str(settings.ROOT / "data"),
                    output=fresh,
                    force_training=True,  # Rasa's cache does not see that language/ changed
                    fixed_model_name=MODEL.name.removesuffix(".tar.gz"),
                )
            if result.code or not result.model:
                raise TrainingError(f"Rasa could not train on the data:\n{said.getvalue()}")
            Path(result.model).replace(MODEL)
        _FINGERPRINT.write_text(_made(made_of))
        for old in settings.MODELS.glob("*.tar.gz"):
            if old != MODEL:
                old.unlink()
    except RasaException as error:
        raise TrainingError(f"The training failed: {error}") from error
    except OSError as error:
        raise TrainingError(f"The model cannot be written: {error}.") from error
    return time.monotonic() - started
