"""Another system that is called: what it was sent, and what it answers."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.threads import Doing


@dataclass
class Hook:
    """`drips` is a body that never ends, byte by byte, until `over` is set."""

    url: str = ""
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    drips: bool = False
    over: threading.Event = field(default_factory=threading.Event)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def hook_listening(certificate: Path | None = None) -> Iterator[Hook]:
    """On a free port; with a certificate it speaks TLS, as localhost."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.calls.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(hook.status)
            for name, value in hook.headers.items():
                self.send_header(name, value)
            if hook.drips:
                self.send_header("Content-Length", "1000000")
            self.end_headers()
            with suppress(OSError):  # They have hung up.
                while hook.drips and not hook.over.wait(0.05):
                    self.wfile.write(b".")

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hook.url = f"http://127.0.0.1:{server.server_port}/hook?a=1"
    if certificate is not None:
        trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trusted.load_cert_chain(certificate)
        server.socket = trusted.wrap_socket(server.socket, server_side=True)
        hook.url = f"https://localhost:{server.server_port}/hook"
    running = Doing(server.serve_forever, poll_interval=0.01)
    try:
        yield hook
    finally:
        hook.over.set()
        server.shutdown()
        running.end()
        server.server_close()
