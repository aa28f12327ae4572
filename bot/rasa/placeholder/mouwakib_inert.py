"""Inert stand-ins for modules that Rasa imports and this assistant never uses.

Every attribute of an inert module is an inert class: it can be called, subclassed, indexed and
used as a decorator, which is what the importing modules do while they are read. Making an object
of a class derived from one raises an error, which says what is missing.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
from collections.abc import Callable, Collection, Iterator, Sequence
from types import ModuleType
from typing import Any

Missing = Callable[[str], Exception]


def inert(name: str, missing: Missing) -> Any:
    """Return an inert class; ``missing`` makes the error of whoever builds on it."""
    return InertType(name, (), {"_stands_in": True, "_missing": staticmethod(missing)})


class InertType(type):
    """What inert classes have in common: any attribute, index or call gives an inert class."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return inert(name, cls._missing)

    def __getitem__(cls, key: Any) -> Any:
        return cls

    def __iter__(cls) -> Iterator[Any]:
        return iter(())

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls.__dict__.get("_stands_in"):
            # while a module is read: `@tf.function` keeps the function, anything else is inert
            decorates = len(args) == 1 and not kwargs and callable(args[0])
            return args[0] if decorates else cls
        raise cls._missing(cls.__name__)  # a real class is about to be used


class InertModule(ModuleType):
    """A module of which every attribute is inert."""

    def __init__(self, name: str, missing: Missing) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self._missing = missing

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return inert(name, self._missing)


class InertFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules below some names (``tensorflow.keras.utils``) as inert ones."""

    def __init__(self, roots: Collection[str], missing: Missing, *, whole: bool) -> None:
        """Stand in below ``roots``, and for these themselves where ``whole`` is set."""
        self._roots, self._missing, self._whole = roots, missing, whole

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer the import system."""
        root, _, rest = fullname.partition(".")
        if root not in self._roots or not (rest or self._whole):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """Answer the import system."""
        return InertModule(spec.name, self._missing)

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing: the module answers any name."""
