"""Fetch the Nu HTML checker to .venv/share/vnu/, where `.ci/tool vnu` finds it."""

import hashlib
import io
import shutil
import sys
import tarfile
from pathlib import Path
from typing import IO, cast
from urllib.request import urlopen

# The package of the checker's makers; https://www.npmjs.com/package/vnu-jar lists its versions.
VERSION = "26.9.27"
URL = f"https://registry.npmjs.org/vnu-jar/-/vnu-jar-{VERSION}.tgz"
SHA256 = "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7"
MEMBER = "package/build/dist/vnu.jar"
TARGET = Path(__file__).parent.parent / f".venv/share/vnu/vnu-{VERSION}.jar"


def main() -> int:
    """Put the program in its place, or say in one line why not."""
    if TARGET.exists():
        return 0
    try:
        with urlopen(URL, timeout=60) as answer:
            package = answer.read()
    except OSError as error:
        print(f"{URL} cannot be fetched: {error}", file=sys.stderr)
        return 1
    if (found := hashlib.sha256(package).hexdigest()) != SHA256:
        print(f"{URL} has the SHA-256 {found}, not {SHA256}", file=sys.stderr)
        return 1
    with tarfile.open(fileobj=io.BytesIO(package)) as files:
        program = cast("IO[bytes]", files.extractfile(MEMBER))  # by the digest it is there
        shutil.rmtree(TARGET.parent, ignore_errors=True)  # of another version
        TARGET.parent.mkdir(parents=True)
        draft = TARGET.with_suffix(".part")
        draft.write_bytes(program.read())
        draft.replace(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
