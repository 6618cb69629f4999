"""Somebody with a browser that runs no script: pages are read, forms are filled and sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests

from tests.intake.clients import TIMEOUT_S, Client


class _Reader(HTMLParser):
    """Links, forms with their fields, and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append({**known, "fields": {}})
        if tag == "input" and self.forms and known.get("type") == "hidden":
            self.forms[-1]["fields"][known["name"]] = known["value"]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@dataclass
class Visitor:
    """`page` is what they see now."""

    client: Client
    language: str = "fr"
    page: requests.Response = field(default_factory=requests.Response)

    def open(self, path: str, **query: Any) -> "Visitor":
        address = path if path.startswith("http") else f"{self.client.address}/311{path}"
        headers = {"Accept-Language": self.language}
        self.page = self.client.http.get(address, params=query, headers=headers, timeout=TIMEOUT_S)
        return self

    def fill(self, action: str, files: Any = None, **typed: Any) -> "Visitor":
        """The last form with that end of its action: what it holds hidden, and what is typed."""
        form = next(f for f in reversed(self._read().forms) if f["action"].endswith(action))
        fields = {**form["fields"], **typed}
        address = urljoin(self.page.url, form["action"])
        if form["method"] == "get":
            return self.open(address, **fields)
        self.page = self.client.http.post(address, data=fields, files=files, timeout=TIMEOUT_S)
        return self

    def hidden(self, action: str) -> dict[str, str]:
        """What such a form sends that nobody typed."""
        forms = self._read().forms
        fields: dict[str, str] = next(f["fields"] for f in forms if f["action"].endswith(action))
        return fields

    def has(self, action: str) -> bool:
        return any(form["action"].endswith(action) for form in self._read().forms)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._read().text).split())

    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.page.text)
        return reader


def details(client: Client, service: str = "NID", **more: Any) -> Visitor:
    """At the third step, with the place chosen."""
    visitor = Visitor(client, **more).open("/where", service=service, lat=45.4001, long=-75.695)
    return visitor.fill("/details")


def report(client: Client, words: str = "Un gros trou.", **typed: Any) -> Visitor:
    """On the page of a report that has just been sent."""
    return details(client).fill("/send", description=words, q_profondeur="grand", **typed)
