"""Stands in for TensorFlow, which Rasa imports and a linear pipeline never uses."""

from __future__ import annotations

import sys
from typing import Any

import mouwakib_inert

__version__ = "0"
__path__: list[str] = []


def missing(component: str) -> Exception:
    """Return the error of somebody who configured a component that needs TensorFlow."""
    from rasa.shared.exceptions import InvalidConfigException

    class TensorFlowMissing(InvalidConfigException):
        """A component of config.yml needs TensorFlow, which is not installed."""

    return TensorFlowMissing(
        f"config.yml uses a component that needs TensorFlow ({component}), which this set-up "
        "leaves out: run “make setup FULL=1” to install the full set, or take the component out."
    )


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return mouwakib_inert.inert(name, missing)


sys.meta_path.append(mouwakib_inert.InertFinder(("tensorflow", "keras"), missing, whole=False))
