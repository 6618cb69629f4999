"""The peers: what npm brings, in processes of its own. See docs/bench.md for what each one does."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from socket import create_server

from tests.bench.contest import Figures, compete
from tests.bench.ours import CHANGED, Town
from tests.bench.processes import side

SOURCE = Path(__file__).with_name("peers")
HOME = Path(sys.prefix) / "peers"
"""What npm brings lies in the environment, which `make clean` removes."""

PEERS = ("pouchdb", "rxdb")
INSTALL_TIMEOUT_S = 600


class NoPeers(Exception):
    """They cannot be had here; the message says why."""


def installed() -> None:
    """Bring the peers, as the lock names them, unless they are here.

    :raises NoPeers:
    """
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise NoPeers(f"{program} is not installed")
    lock = HOME / "package-lock.json"
    former = lock.read_text() if lock.exists() else ""
    shutil.copytree(SOURCE, HOME, dirs_exist_ok=True)
    if former == lock.read_text() and (HOME / "node_modules" / ".package-lock.json").exists():
        return
    try:
        subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=HOME,
            check=True,
            capture_output=True,
            text=True,
            timeout=INSTALL_TIMEOUT_S,
        )
    except (subprocess.SubprocessError, OSError) as error:
        told = str(getattr(error, "stderr", None) or error).strip().splitlines()
        raise NoPeers(f"npm could not install them: {told[-1] if told else error}") from error


def measure(peer: str, made: Town, *, repeats: int) -> Figures:
    port, folder, size = str(_free_port()), made.folder / peer, str(CHANGED)
    folder.mkdir()
    columns = f"{made.documents}.columns"
    server: list[str | Path] = ["node", HOME / f"{peer}_server.mjs", port]
    tablet: list[str | Path] = ["node", HOME / f"{peer}_tablet.mjs", port]
    if peer == "pouchdb":
        server += [folder / "server", made.documents, made.orders, size]
        tablet += [folder / "tablet", made.assets, size]
    else:
        server += [made.documents, made.orders, size]
        tablet += [columns, made.assets, size]
    with ExitStack() as running:
        served = running.enter_context(side(server, HOME))
        served.ask("fill")
        holds = running.enter_context(side(tablet, HOME))
        change: Callable[[], object] = lambda: served.ask("change")  # noqa: E731
        return compete(holds, [served.pid], change, repeats)


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
