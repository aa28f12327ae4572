"""Reading the word lists in ``language/lexicon/``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yamlsource

LEXICON = Path(__file__).with_name("lexicon")


def word_list(name: str) -> Any:
    """Return the content of ``lexicon/<name>.yml`` as plain dicts and lists.

    Raises:
        yamlsource.YamlError: The file is not valid YAML.
        OSError: There is no such file.
    """
    return yamlsource.plain(LEXICON / f"{name}.yml")
