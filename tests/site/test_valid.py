"""The site is valid HTML, as the checker of the W3C and WHATWG sees it."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urlparse

# What the checker says of us and why it may stay. What it no longer says must go from here.
EXCEPTIONS = {
    r"Attribute “(displaystyle|scriptlevel)” not allowed on element “m\w+”":
        "MathML Core has both on every element; the checker knows MathML 3",
    r"Consider using the “h1” element as a top-level heading only":
        "each page has one h1; Sphinx puts it into a section, which browsers read as before",
    r"Article lacks heading":
        "furo's article is the main part, and its heading is in the section of Sphinx",
    r"The “list” role is unnecessary for element “ol”":
        "Safari tells no list where a style takes its numbers away",
}  # fmt: skip


def test_every_page_is_valid(site: Path, vnu: list[str]) -> None:
    pages = sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)
    checked = subprocess.run(
        [*vnu, "--format", "json", "--exit-zero-always", *map(str, pages)],
        capture_output=True,
        text=True,
        check=True,
    )
    said = {
        f"{Path(urlparse(message['url']).path).relative_to(site)}:{message['lastLine']}: "
        f"{message['message']} {message.get('extract', '').strip()}"
        for message in json.loads(checked.stderr)["messages"]
        if message["type"] != "info" or message.get("subType") == "warning"
    }
    patterns = [re.compile(pattern) for pattern in EXCEPTIONS]
    assert sorted(line for line in said if not any(p.search(line) for p in patterns)) == []
    assert [p.pattern for p in patterns if not any(map(p.search, said))] == []
