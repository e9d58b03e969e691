"""Values of independent libraries, kept in `tests/reference`."""

import json
from pathlib import Path
from typing import Any


def frozen(name: str) -> Any:
    """Return the values that ``reference/<name>.py`` once wrote."""
    return json.loads((Path(__file__).parent / "reference" / f"{name}.json").read_text())
