"""The base map kept up to date by a running server, in a process beside it.

Drawing takes the processor for seconds: in the server's own process, tablets would wait for it.
Several servers of one data folder take turns by the lease of a job; servers with a folder each
draw each their own.
"""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.util import find_spec

from asset_model.database import Database
from asset_model.ids import NewId
from gis.basemap.style import read_style
from sync_server.basemap.packs import Packs
from sync_server.basemap.survey import has_moved
from sync_server.jobs import Job
from sync_server.settings import ServerSettings

EVERY = timedelta(minutes=5)
log = logging.getLogger(__name__)


class MapMaker:
    def __init__(self, settings: ServerSettings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._packs = Packs(settings.base_map)
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def jobs(self, new_id: NewId) -> list[Job]:
        """None where nothing that draws is installed."""
        if find_spec("aggdraw") is None:
            log.info("no base map is drawn here: the extra tiles is not installed")
            return []
        return [Job(f"base-map-{self._packs.id(new_id)}", EVERY, self.draw_if_due)]

    def draw_if_due(self) -> None:
        """Draw where an asset has been told of since the last time, or the style is another."""
        epoch, position, style = self._packs.seen()
        with self._database.reading() as session:
            is_due = style != read_style().digest or has_moved(session, epoch, position)
        if is_due and not self._ended:
            self._draw()

    @asynccontextmanager
    async def ending(self) -> AsyncIterator[None]:
        """At its end nothing is drawn any more: what was begun goes on with the next build."""
        try:
            yield
        finally:
            self._ended = True
            if self._process is not None:
                self._process.terminate()

    def _draw(self) -> None:
        told = {
            "VOIRIE_DATABASE": self._settings.url,
            "VOIRIE_DATA": str(self._settings.data),
        }
        gently = ["nice", "-n", "15"] if shutil.which("nice") else []
        command = [*gently, sys.executable, "-m", "asset_model.command_line", "tiles", "build"]
        self._process = subprocess.Popen(
            command, env={**os.environ, **told}, stdout=subprocess.DEVNULL
        )
        if self._ended:
            self._process.terminate()
        code = self._process.wait()
        if code and not self._ended:
            raise RuntimeError(f"the base map could not be drawn: exit code {code}")
