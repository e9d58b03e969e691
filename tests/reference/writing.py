"""How the scripts of this folder write what they found."""

import json
import sys
from collections.abc import Mapping
from typing import Any


def write(values: Mapping[str, Any]) -> None:
    """Print values as JSON, each item of a list on a line of its own."""
    texts = (f"{json.dumps(name)}: {_text(value)}" for name, value in values.items())
    sys.stdout.write("{\n" + ",\n".join(texts) + "\n}\n")


def _text(value: Any) -> str:
    if not isinstance(value, list):
        return json.dumps(value)
    return "[\n" + ",\n".join(map(json.dumps, value)) + "\n]"
