"""What a tablet must be told: read once from the command line, the environment and a file.

`VOIRIE_SERVER`, `VOIRIE_TABLET_DATA`, `VOIRIE_TABLET_PORT`, `VOIRIE_ZONE`; the file is the JSON
object that `VOIRIE_TABLET_CONFIG` names, with the keys `server`, `data`, `port`, `zone`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

NAMES = {
    "server": "VOIRIE_SERVER",
    "data": "VOIRIE_TABLET_DATA",
    "port": "VOIRIE_TABLET_PORT",
    "zone": "VOIRIE_ZONE",
}
DEFAULTS = {"data": "voirie-tablet", "port": 8550, "zone": "America/Toronto"}


class BadSettings(Exception):
    """Every problem of the settings, one line each."""


@dataclass(frozen=True)
class TabletSettings:
    server: str
    data: Path
    port: int
    zone: ZoneInfo


def read_settings(given: Mapping[str, Any], environ: Mapping[str, str]) -> TabletSettings:
    """The settings; the command line comes before the environment, that before the file.

    :raises BadSettings: naming every problem at once, with how to mend each
    """
    problems: list[str] = []
    told: dict[str, Any] = DEFAULTS | _from_file(environ.get("VOIRIE_TABLET_CONFIG"), problems)
    told |= {name: environ[variable] for name, variable in NAMES.items() if environ.get(variable)}
    told |= {name: value for name, value in given.items() if value is not None}
    settings = TabletSettings(
        server=_server(str(told.get("server") or ""), problems),
        data=Path(told["data"]),
        port=_port(told["port"], problems),
        zone=_zone(str(told["zone"]), problems),
    )
    if problems:
        raise BadSettings("\n".join(problems))
    return settings


def _from_file(path: str | None, problems: list[str]) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        told = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        problems.append(f"VOIRIE_TABLET_CONFIG: {path} cannot be read as JSON: {error}")
        return {}
    if not isinstance(told, dict):
        problems.append(f"VOIRIE_TABLET_CONFIG: {path} must hold one JSON object")
        return {}
    problems += [
        f"VOIRIE_TABLET_CONFIG: unknown key {name!r}; known: {', '.join(NAMES)}"
        for name in sorted(told.keys() - NAMES.keys())
    ]
    return {name: value for name, value in told.items() if name in NAMES}


def _server(text: str, problems: list[str]) -> str:
    if not text:
        problems.append(
            "VOIRIE_SERVER (--server): say where the server is, such as http://host:8000"
        )
    elif urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).netloc:
        problems.append(
            f"VOIRIE_SERVER (--server): {text!r} is not an address such as http://host:8000"
        )
    return text


def _port(value: Any, problems: list[str]) -> int:
    try:
        port = int(value)
    except (TypeError, ValueError):
        port = -1
    if not 0 <= port <= 65535:
        problems.append(f"VOIRIE_TABLET_PORT (--port): {value!r} is not a port (0 to 65535)")
    return port


def _zone(name: str, problems: list[str]) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(f"VOIRIE_ZONE: {name!r} is not a time zone such as America/Toronto")
        return ZoneInfo("UTC")
