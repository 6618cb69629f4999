"""What somebody asks of the public page, and what it takes to answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from asset_model.database import Database
from sync_server.intake.line import Line
from sync_server.intake.town import Town
from sync_server.notices.tokens import Tokens
from sync_server.photo_depot import Depot
from sync_server.public.flood import Flood
from sync_server.public.rendering import HEADERS, page


@dataclass(frozen=True)
class Hands:
    database: Database
    town: Town
    depot: Depot | None
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    flood: Flood
    tokens: Tokens
    line: Line


@dataclass(frozen=True)
class Asking:
    request: Request
    given: Mapping[str, str]
    files: tuple[bytes, ...]
    language: str

    def page(self, name: str, hands: Hands, *, status: int = 200, **told: Any) -> Response:
        return page(name, self.request, self.language, hands.town, status=status, **told)

    def to(self, path: str, **query: Any) -> Response:
        """Send the browser on, in the same language: to go back and again sends nothing twice."""
        asked = urlencode({**query, "lang": self.language})
        address = f"{self.request.scope['root_path']}{quote(path)}?{asked}"
        return Response(status_code=303, headers={**HEADERS, "Location": address})

    def check_flood(self, hands: Hands) -> None:
        """:raises Refused: ``too_many_attempts``"""
        hands.flood.pass_through(self.client, hands.clock())

    @property
    def client(self) -> str:
        """The address that it came from."""
        client = self.request.client
        return client.host if client else ""
