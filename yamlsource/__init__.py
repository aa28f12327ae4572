"""The one reader of all our YAML: plain values, kept positions, no surprises.

Only ``true``/``false``, ``null`` or nothing, decimal numbers and ISO dates are resolved;
everything else is the text that was typed (``no``, ``on``, ``16:30``, ``0535652057``), so that
a counsellor never has to know YAML's other conversions. A key that stands twice, an impossible
date or a broken file is an error with its place.
"""

from yamlsource._reader import (
    Mapping,
    Mark,
    Node,
    Scalar,
    Sequence,
    YamlError,
    load,
    plain,
    to_plain,
)

__all__ = [
    "Mapping",
    "Mark",
    "Node",
    "Scalar",
    "Sequence",
    "YamlError",
    "load",
    "plain",
    "to_plain",
]
