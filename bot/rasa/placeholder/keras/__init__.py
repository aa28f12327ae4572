"""Stands in for Keras, see the package `tensorflow` beside this one."""

from __future__ import annotations

from typing import Any

import tensorflow

__path__: list[str] = []


def __getattr__(name: str) -> Any:
    return getattr(tensorflow, name)
