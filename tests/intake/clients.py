"""Who speaks to 311 over HTTP, on a real server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import requests
from PIL import Image

from sync_server.app import create_app
from sync_server.intake.town import Town
from sync_server.open311.keys import make_key
from sync_server.photo_depot import open_depot
from tests.server.listening import listening
from tests.sync.rig import Server, an_id

TIMEOUT_S = 20
TOWN = Town(name="Val-des-Pins", contact="311", jurisdiction="val-des-pins.ca")


@dataclass
class Client:
    """A program with a key; `post` gives the answer as it came."""

    server: Server
    address: str
    key: str
    http: requests.Session = field(default_factory=requests.Session)

    @property
    def root(self) -> str:
        return f"{self.address}/open311/v2"

    def get(self, path: str, **query: str) -> requests.Response:
        return self.http.get(f"{self.root}{path}", params=query, timeout=TIMEOUT_S)

    def read(self, path: str, **query: str) -> Any:
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str = "/requests.json", **more: Any) -> requests.Response:
        return self.http.post(f"{self.root}{path}", timeout=TIMEOUT_S, **more)

    def send(self, **said: Any) -> str:
        """The number of a new request."""
        answer = self.post(data=a_request(api_key=self.key, **said))
        assert answer.status_code in (200, 201), answer.text
        (told,) = answer.json()
        number: str = told["service_request_id"]
        return number


def a_request(**said: Any) -> dict[str, Any]:
    whole = {
        "service_code": "NID",
        "lat": "45.4001",
        "long": "-75.695",
        "description": "Un gros trou.",
        "attribute[profondeur]": "grand",
    }
    return {name: value for name, value in {**whole, **said}.items() if value is not None}


@contextmanager
def serving(server: Server, folder: Path) -> Iterator[Client]:
    depot = open_depot("", folder)
    app = create_app(
        server.database, clock=server.clock, new_id=an_id, depot=depot, town=TOWN,
        seals=server.seals,
    )  # fmt: skip
    with server.database.writing() as session:
        key = make_key(session, "APP", now=server.clock(), expires_at=None)
    with listening(app) as address:
        client = Client(server, address, key)
        client.http.trust_env = False
        yield client
        client.http.close()


def a_picture(colour: str = "green", **exif: Any) -> bytes:
    """A JPEG in which a phone wrote where it was."""
    notes = Image.Exif()
    notes[0x010F] = "Fabricant"
    notes.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG", exif=notes)
    return out.getvalue()


def element(answer: requests.Response) -> ET.Element:
    return ET.fromstring(answer.content)
