"""The floor: what the bytes themselves cost over the same loopback. Plain files, no promise kept.

`python -m tests.bench.floor serve FOLDER` gives and takes files; `... fetch ADDRESS FOLDER` is the
other side, with the same words as a tablet's. First copy: the ready file, with its indexes, packed:
fetched, unpacked, opened, counted. Down and up: as many bytes as ours took, kept on the disk.
"""

import gzip
import os
import sqlite3
import sys
import zlib
from contextlib import ExitStack, closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

from tests.bench.contest import Figures, compete, copy_again
from tests.bench.meters import Wire, measured
from tests.bench.processes import side
from tests.bench.speaking import answer, say


class Files(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        _keep(Path(self.directory) / "came", content)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *given: Any) -> None:
        """Nothing is said while we measure."""


def _keep(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


class Fetching:
    def __init__(self, address: str, folder: Path) -> None:
        self.wire = Wire()
        self._http = requests.Session()
        self._address = address
        self._folder = folder

    def copy(self) -> int:
        opening = zlib.decompressobj(16 + zlib.MAX_WBITS)
        file = self._folder / "copy.sqlite"
        address = f"{self._address}/copy.gz"
        with self._http.get(address, stream=True, timeout=60) as answer, file.open("wb") as stream:
            for piece in answer.iter_content(256 * 1024):
                stream.write(opening.decompress(piece))
            stream.flush()
            os.fsync(stream.fileno())
        with closing(sqlite3.connect(file)) as copy:
            counts = "SELECT (SELECT count(*) FROM asset) + (SELECT count(*) FROM work_order)"
            return int(copy.execute(counts).fetchone()[0])

    def down(self) -> int:
        _keep(self._folder / "down", self._http.get(f"{self._address}/down", timeout=60).content)
        return 0

    def up(self) -> int:
        content = (self._folder / "edits").read_bytes()
        self._http.put(f"{self._address}/came", data=content, timeout=60)
        return 0

    def idle(self) -> int:
        self._http.get(f"{self._address}/idle", timeout=60)
        return 0

    def nothing(self) -> int:
        return 0


def measure(tablet: Path, folder: Path, *, down_bytes: int, up_bytes: int, repeats: int) -> Figures:
    """`tablet`: a tablet's database; its rows, with their indexes, are the copy to be fetched."""
    given, taken = folder / "given", folder / "taken"
    for made in (given, taken):
        made.mkdir(parents=True)
    _pack(tablet, given / "copy.gz")
    (given / "down").write_bytes(os.urandom(down_bytes))
    (given / "idle").write_bytes(b"nothing new")
    (taken / "edits").write_bytes(os.urandom(up_bytes))
    module: list[str | Path] = [sys.executable, "-m", "tests.bench.floor"]
    figures: Figures = {}
    with ExitStack() as running:
        serving = running.enter_context(side([*module, "serve", given], Path.cwd()))
        address = f"http://127.0.0.1:{serving.told['port']}"
        for n in range(repeats):
            command = [*module, "fetch", address, taken]
            fetching = running.enter_context(side(command, Path.cwd()))
            if n < repeats - 1:
                copy_again(fetching, [serving.pid], figures)
        told = compete(fetching, [serving.pid], lambda: None, repeats)
    return {**told, "copy": [*figures.get("copy", []), *told["copy"]]}


def _pack(tablet: Path, into: Path) -> None:
    """The rows and their indexes, in as few pages as they take."""
    plain = into.with_suffix(".sqlite")
    with closing(sqlite3.connect(tablet)) as held:
        held.execute("VACUUM INTO ?", (str(plain),))
    into.write_bytes(gzip.compress(plain.read_bytes(), 6))
    plain.unlink()


def serve(folder: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=folder)) as server:
        say({"ready": True, "port": server.server_port})
        server.serve_forever()


def fetch(address: str, folder: str) -> None:
    side = Fetching(address, Path(folder))
    stages = {
        "copy": side.copy,
        "settle": side.nothing,
        "down": side.down,
        "edit": side.nothing,
        "up": side.up,
        "idle": side.idle,
    }
    answer({word: partial(measured, stage, side.wire) for word, stage in stages.items()})


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(*sys.argv[2:])
    else:
        fetch(*sys.argv[2:])
