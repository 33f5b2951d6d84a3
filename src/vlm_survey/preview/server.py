"""The server of a preview, for browsers on this machine only."""

import contextlib
import http.server
import urllib.parse
from collections.abc import Iterator

from vlm_survey.errors import CatalogError
from vlm_survey.preview.preview import Preview

CHANGES = "preview/changes"
"""Where a page hears of changes."""


@contextlib.contextmanager
def serving(preview: Preview, port: int) -> Iterator[http.server.ThreadingHTTPServer]:
    """A server of the preview on this machine; `serve_forever` answers until it is shut down.

    Raises:
        CatalogError: The port is taken, or not for everybody.
    """

    class Handler(_Handler):
        shown = preview

    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError as error:
        why = "reserved for the administrator" if isinstance(error, PermissionError) else "in use"
        raise CatalogError(f"port {port} is {why}; choose another with --port") from error
    with server:
        server.daemon_threads = True
        yield server


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers what a browser asks for."""

    shown: Preview

    def do_GET(self) -> None:
        """Send a page or file."""
        # Another site could have its own name lead here, and read drafts.
        if self.headers.get("Host", "").partition(":")[0] not in ("127.0.0.1", "localhost"):
            self._send(403, "text/plain", b"only for 127.0.0.1\n")
            return
        address = urllib.parse.urlsplit(self.path)
        path = urllib.parse.unquote(address.path).removeprefix("/")
        if path == CHANGES:
            self._send_changes(address.query)
            return
        if not path or path.endswith("/"):
            path += "index.html"
        try:
            found = self.shown.content(path)
            if found:
                self._send(200, *found)
            elif self.shown.content(f"{path}/index.html"):
                self._redirect(f"/{urllib.parse.quote(path)}/")
            else:
                missing = self.shown.content("404.html") or ("text/plain", b"not found\n")
                self._send(404, *missing)
        except CatalogError as error:
            self._send(500, "text/html; charset=utf-8", self.shown.problem_page(str(error)))

    do_HEAD = do_GET  # noqa: N815 - the base class names it

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what is wrong with the records."""

    def _send_changes(self, known: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                version = self.shown.wait(known)
                self.wfile.write(f"data: {version}\n\n".encode())
                known = version

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        is_text = kind.startswith("text/") and "charset" not in kind
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            with contextlib.suppress(OSError):
                self.wfile.write(data)

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()
