"""A small server of a folder, which compresses text as any host of the site does."""

import functools
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open
    max_age: int

    def __init__(self, *args: object, max_age: int, directory: str) -> None:
        self.max_age = max_age
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # the server's own

    def log_message(self, *args: object) -> None:
        """Say nothing of each request."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", f"max-age={self.max_age}" if self.max_age else "no-cache")
        super().end_headers()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        kind = self.guess_type(path)
        accepted = self.headers.get("Accept-Encoding", "")
        if not path.is_file() or not kind.startswith(_TEXT) or "gzip" not in accepted:
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(folder: Path, max_age: int = 0) -> Iterator[str]:
    """Serve a folder on this machine, and say where.

    Parameters
    ----------
    folder : Path
        Shown at the top.
    max_age : int, default 0
        Seconds for which a browser may keep what it got without asking again.

    Yields
    ------
    str
        The address, without a slash at its end.
    """
    handler = functools.partial(_Handler, directory=str(folder), max_age=max_age)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
