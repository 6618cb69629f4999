"""Real sockets: tuspy, a client of tus that is not ours, and a line cut at bytes of the wire."""

import io
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
import uvicorn
from tusclient.client import TusClient

from field_app.store.local import FileState
from field_app.sync.tus import TusLink
from tests.photos.rig import House, Tablet, encoded, noise, png
from tests.threads import Doing


@dataclass
class Served:
    """The application behind a real port of the loopback."""

    house: House
    listener: socket.socket = field(default_factory=socket.socket)

    def __post_init__(self) -> None:
        self.listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            self.house.app, log_level="error", lifespan="off", timeout_graceful_shutdown=1
        )
        self.server = uvicorn.Server(config)
        self.listener.listen()  # Connections wait in the queue until it serves.
        self.running = Doing(self.server.run, sockets=[self.listener])

    @property
    def port(self) -> int:
        port: int = self.listener.getsockname()[1]
        return port

    def stop(self) -> None:
        self.server.should_exit = True
        self.running.end()


@pytest.fixture
def real(house: House) -> Iterator[Served]:
    made = Served(house)
    yield made
    made.stop()


@pytest.mark.parametrize("checksum", [False, True])
def test_another_client_uploads_in_pieces(real: Served, tablet: Tablet, *, checksum: bool) -> None:
    data = encoded(noise(90, 60))
    photo = tablet.take(data)
    tablet.sync()
    client = TusClient(
        f"http://127.0.0.1:{real.port}/photos/uploads",
        headers={"Authorization": real.house.headers()["Authorization"]},
    )
    uploader = client.uploader(
        file_stream=io.BytesIO(data),
        chunk_size=5_000,
        metadata={"sha256": photo.sha256, "filename": "photo.png"},
        upload_checksum=checksum,
    )
    uploader.upload()

    assert real.house.content(photo.sha256) == data


def test_another_client_goes_on_where_it_stopped(real: Served, tablet: Tablet) -> None:
    data = encoded(noise(90, 60))
    photo = tablet.take(data)
    tablet.sync()
    client = TusClient(
        f"http://127.0.0.1:{real.port}/photos/uploads",
        headers={"Authorization": real.house.headers()["Authorization"]},
    )
    told = {"sha256": photo.sha256}
    first = client.uploader(file_stream=io.BytesIO(data), chunk_size=5_000, metadata=told)
    first.upload_chunk()  # type: ignore[no-untyped-call]
    second = client.uploader(file_stream=io.BytesIO(data), url=first.url, chunk_size=5_000)
    resumed_at = second.offset
    second.upload()

    assert resumed_at == 5_000
    assert real.house.content(photo.sha256) == data


@dataclass
class CutLine:
    """A line that carries so many bytes to the server, over all its connections, and then dies."""

    port: int
    left: int
    listener: socket.socket = field(default_factory=socket.socket)

    def __post_init__(self) -> None:
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen()
        self.running = Doing(self._serve)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.port))
                far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                back = Doing(_carry_back, far, near)
                self._carry(near, far)
                back.end()
                near.close()
                far.close()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        while self.left > 0 and (data := near.recv(min(4096, self.left))):
            self.left -= len(data)
            far.sendall(data)
        for line in (near, far):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.running.end()


def _carry_back(far: socket.socket, near: socket.socket) -> None:
    with suppress(OSError):
        while data := far.recv(4096):
            near.sendall(data)


def test_a_real_line_that_dies_within_any_request_loses_nothing(
    real: Served, tablet: Tablet
) -> None:
    """Cuts in heads and bodies of the real wire, at every 97th byte of the conversation."""
    for cut in range(0, 2_000, 97):
        photo = tablet.take(png(cut))
        tablet.sync()
        for left in (cut, 1_000_000):
            line = CutLine(real.port, left)
            tablet.files._link = TusLink(line.address, real.house.tokens["T1"])
            tablet.files._known = None
            tablet.files.pieces.bytes = 30
            tablet.send()
            tablet.files._link.close()
            line.stop()
            tablet.clock.forward(minutes=10)

        assert tablet.file(photo.sha256).state == FileState.CONFIRMED
        assert real.house.content(photo.sha256) == png(cut)
