"""Moroccan text: scripts, spelling, numbers, money, ages, durations, places.

Pure Python, useful outside this project. Everything reads messages as people type them, in French
or Darija, in Arabic or Latin letters, and reports spans in the message as typed. Any text gives a
result, in time that grows with its length up to a limit beyond which the rest is not read.

- :func:`read` says everything a message holds in numbers and places: a :class:`Reading`.
- :class:`FactReader` says what it tells about a person, given a catalogue of facts.
- :func:`detect` names the language; :func:`normalise` is the readable form; :func:`skeleton` is the
  key in which ``bghit``, ``bghyt`` and ``بغيت`` meet; :func:`tokens` cuts into :class:`Token`.
- :class:`Gazetteer` finds listed phrases however they are spelt.

Words and grammar live in ``lexicon/*.yml``.
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
