"""The server's desk: what only the server works out or carries out, asked in a person's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import requests

from asset_model.errors import Refused

TIMEOUT_S = (5, 60)
"""To connect, and between two bytes: a look at a year's plans takes a server some seconds."""
PERSON = "Voirie-Person"


@dataclass(frozen=True)
class Told:
    """A bulletin, and the moment that it tells of."""

    made_at: datetime
    body: dict[str, Any]


@dataclass(frozen=True)
class Paper:
    """A file that the server made."""

    content: bytes
    media_type: str
    name: str


class ServerDesk:
    """Speaks to one server with one device's token. Every call waits for the network."""

    def __init__(self, server: str, token: str) -> None:
        self._server = server.rstrip("/")
        self._token = token

    def tell(self, name: str, question: Mapping[str, str], person_id: str) -> Told:
        """:raises Refused: what the server said; ``desk_silent`` where it does not answer"""
        asked = {key: value for key, value in question.items() if value}
        return _told(self._ask("GET", f"/bulletins/{quote(name)}", person_id, params=asked))

    def decide(self, name: str, body: dict[str, Any], person_id: str) -> Told:
        """:raises Refused: as `tell` does; after ``desk_silent`` it may have been done"""
        return _told(self._ask("POST", f"/decisions/{quote(name)}", person_id, json=body))

    def paper(self, path: str, question: Mapping[str, str], person_id: str) -> Paper:
        """:raises Refused: as `tell` does"""
        answer = self._ask("GET", path, person_id, params=dict(question))
        kind = answer.headers.get("Content-Type", "application/octet-stream")
        return Paper(answer.content, kind, path.rpartition("/")[2])

    def _ask(self, verb: str, path: str, person_id: str, **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._token}", PERSON: person_id}
        try:
            answer = requests.request(
                verb,
                self._server + path,
                headers=headers,
                timeout=TIMEOUT_S,
                allow_redirects=False,  # A sign-in page of the network, not our server.
                **more,
            )
        except requests.RequestException:
            raise Refused("desk_silent") from None
        if answer.status_code != requests.codes.ok:
            raise _refusal(answer)
        return answer


class NoDesk:
    """Of a device that is not enrolled: nobody answers."""

    def tell(self, name: str, question: Mapping[str, str], person_id: str) -> Told:
        raise Refused("desk_silent")

    def decide(self, name: str, body: dict[str, Any], person_id: str) -> Told:
        raise Refused("desk_silent")

    def paper(self, path: str, question: Mapping[str, str], person_id: str) -> Paper:
        raise Refused("desk_silent")


def _told(answer: requests.Response) -> Told:
    try:
        told = answer.json()
        return Told(datetime.fromisoformat(told["made_at"]), dict(told["body"]))
    except (ValueError, KeyError, TypeError):
        raise Refused("desk_silent") from None


def _refusal(answer: requests.Response) -> Refused:
    """What our server said; whatever else came means that it did not answer."""
    try:
        problem = answer.json()["error"]
        return Refused(problem["code"], **problem["details"])
    except (ValueError, KeyError, TypeError):
        return Refused("desk_silent")
