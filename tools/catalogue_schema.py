"""Write the JSON Schemas that editors complete the catalogue's files from.

``python -m tools.catalogue_schema`` (``make schema``) writes what ``python -m eligibility schema``
prints to ``catalogue/schema/``, which ``.vscode/settings.json`` names.
"""

from __future__ import annotations

import json
from pathlib import Path

import eligibility
from eligibility.schema import schema

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "catalogue" / "schema"
KINDS = ("scheme", "facts")


def schemas() -> dict[Path, str]:
    """Return what each file is to hold."""
    catalogue = eligibility.load(ROOT / "catalogue")
    return {
        FOLDER / f"{kind}.schema.json": json.dumps(
            schema(catalogue, kind), ensure_ascii=False, indent=2
        )
        + "\n"
        for kind in KINDS
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, content in schemas().items():
        file.write_text(content, encoding="utf-8")
        print(file.relative_to(ROOT))
