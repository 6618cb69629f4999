"""A link between one tablet and the server: TCP, carried by hand, and ill-treated by a seed.

Each connection is dealt one mishap from a shuffled deck; once all have struck, the link holds. A
mishap strikes by the bytes that have passed: in the middle of a message, between a commit and its
answer, in the middle of an answer.
"""

import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from tests.threads import Doing

UP, DOWN = "up", "down"
WAYS = {
    "cut going up": UP,
    "cut coming down": DOWN,
    "answer lost": DOWN,
    "garbled going up": UP,
    "garbled coming down": DOWN,
    "late": UP,
    "server killed": UP,
    "tablet killed": DOWN,
}
ANSWERED = {
    "a portal answers": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
    "a gateway answers": b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n",
}
KINDS = (*WAYS, *ANSWERED)
PAGE = "<html><body>Bienvenue sur le réseau de l’aréna.</body></html>".encode()
AFTER_BYTES = (1, 150, 300, 600, 1500)
"""Within the headers, at the edge of the body, within it."""
OUTLIVED_BYTES = 2000
QUIET = (b"GET /sync/v1/events", b"GET /sync/v1/base-map")
"""Lines that listen, or ask once a minute: they would hold a mishap for ever."""
ABORTING = struct.pack("ii", 1, 0)
"""SO_LINGER without patience: what is not sent is dropped, and the other side is reset."""

Strike = Callable[[str], None]


@dataclass
class Mishap:
    """What befalls one connection when `after` bytes have passed in its direction."""

    kind: str
    after: int
    pause_s: float
    struck: bool = False


class Link:
    """Listens on a port of its own. `strike` is called with "server" or "tablet": it shall die."""

    def __init__(self, port: int, chance: Random, strike: Strike, *, rounds: int = 1) -> None:
        self._port = port
        self._strike = strike
        self._deck = [
            Mishap(kind, chance.choice(AFTER_BYTES), chance.random() / 20)
            for kind in KINDS * rounds
        ]
        self._owed = len(self._deck)
        chance.shuffle(self._deck)
        self.happened: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._accepting = Doing(self._accept)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def calm(self) -> bool:
        """Whether all that was to happen here has happened."""
        with self._lock:
            return self.happened.total() >= self._owed

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.end()
        with self._lock:
            still = list(self._open)
        for end in still:
            _abort(end)

    def _accept(self) -> None:
        while True:
            try:
                tablet, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(tablet,), daemon=True).start()

    def _serve(self, tablet: socket.socket) -> None:
        with self._lock:
            self._open.add(tablet)
        try:
            first = tablet.recv(4096)
            mishap = None if first.startswith(QUIET) else self._draw()
            if mishap is not None and mishap.kind in ANSWERED:
                self._answer(tablet, mishap)
            elif first:
                self._carry(tablet, first, mishap)
            if mishap is not None and not mishap.struck:
                self._give_back(mishap)
        except OSError:
            _abort(tablet)
        finally:
            tablet.close()
            with self._lock:
                self._open.discard(tablet)

    def _draw(self) -> Mishap | None:
        with self._lock:
            return self._deck.pop() if self._deck else None

    def _give_back(self, mishap: Mishap) -> None:
        """The connection ended before it could strike: another one gets it."""
        with self._lock:
            self._deck.insert(0, mishap)

    def _answer(self, tablet: socket.socket, mishap: Mishap) -> None:
        self._note(mishap)
        length = f"Content-Length: {len(PAGE)}\r\nConnection: close\r\n\r\n".encode()
        tablet.sendall(ANSWERED[mishap.kind] + length + PAGE)

    def _carry(self, tablet: socket.socket, first: bytes, mishap: Mishap | None) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._port))
        except OSError:
            _abort(tablet)  # Killed, and not up again yet.
            return
        with self._lock:
            self._open.add(server)
        down = threading.Thread(target=self._pass, args=(server, tablet, DOWN, mishap), daemon=True)
        down.start()
        self._pass(tablet, server, UP, mishap, first)
        down.join()
        server.close()
        with self._lock:
            self._open.discard(server)

    def _pass(
        self,
        source: socket.socket,
        target: socket.socket,
        way: str,
        mishap: Mishap | None,
        data: bytes = b"",
    ) -> None:
        """Carry bytes one way until an end closes, or the mishap ends the connection."""
        passed = 0
        try:
            while data or (data := source.recv(4096)):
                if mishap is not None and _has_had_its_time(mishap, way, passed):
                    raise OSError("the next one's turn")
                if mishap is not None and _is_due(mishap, way, passed + len(data)):
                    at = min(max(0, mishap.after - passed), len(data) - 1)
                    data = self._suffer(mishap, data, at, target)
                target.sendall(data)
                passed += len(data)
                data = b""
            target.shutdown(socket.SHUT_WR)
        except OSError:
            _abort(source)
            _abort(target)

    def _suffer(self, mishap: Mishap, data: bytes, at: int, target: socket.socket) -> bytes:
        """What goes on in place of this data.

        :raises OSError: nothing; the connection is reset
        """
        self._note(mishap)
        if mishap.kind.startswith("garbled"):
            return data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :]
        if mishap.kind == "late":
            threading.Event().wait(10 * mishap.pause_s)
            return data
        if mishap.kind.endswith("killed"):
            # The message goes on: who reads it dies somewhere in what it then does.
            threading.Timer(mishap.pause_s, self._strike, [mishap.kind.split()[0]]).start()
            return data
        if mishap.kind.startswith("cut"):
            target.sendall(data[:at])
        raise OSError(mishap.kind)

    def _note(self, mishap: Mishap) -> None:
        with self._lock:
            mishap.struck = True
            self.happened[mishap.kind] += 1


def _is_due(mishap: Mishap, way: str, passed: int) -> bool:
    return not mishap.struck and WAYS[mishap.kind] == way and passed >= mishap.after


def _has_had_its_time(mishap: Mishap, way: str, passed: int) -> bool:
    """A connection that outlived its mishap makes room for the next one, while any is owed."""
    return mishap.struck and WAYS[mishap.kind] == way and passed >= mishap.after + OUTLIVED_BYTES


def _abort(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORTING)
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
