"""Moroccan text: scripts, spelling, numbers, money, ages, durations, places.

Pure Python, useful outside this project. Everything reads messages as people type them and
reports spans in the message as typed.
"""

from language.detect import detect
from language.facts import FactReader
from language.gazetteer import Gazetteer
from language.normal import normalise
from language.reading import Reading, read
from language.skeleton import skeleton
from language.tokens import Token, tokens

__all__ = [
    "FactReader",
    "Gazetteer",
    "Reading",
    "Token",
    "detect",
    "normalise",
    "read",
    "skeleton",
    "tokens",
]
