"""Asking the server for packs of the base map, and fetching their files in ranges."""

from collections.abc import Mapping
from typing import Any, Protocol

import requests

from asset_model.sync.pack_offer import PackList, PackOffer, packs_from
from asset_model.sync.reading import Malformed
from field_app.sync.first_copy import Gone
from field_app.sync.http import TIMEOUT_S
from field_app.sync.transport import LinkDown, NotEnrolled

DOOR = "/sync/v1/base-map"


class PackSource(Protocol):
    """Each method raises `LinkDown` or `NotEnrolled` besides what it says."""

    def packs(self, held: Mapping[str, str]) -> PackList | None:
        """What this device may hold; `held`: the contents it has by key. None: there is no door."""

    def piece(self, offer: PackOffer, start: int, length: int) -> bytes:
        """At most `length` bytes from `start` on.

        :raises Gone: the server does not give this file any more
        """


class PackLink:
    """Speaks to one server with one device's token."""

    def __init__(self, server: str, token: str) -> None:
        self._server = server.rstrip("/")
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {token}"

    def packs(self, held: Mapping[str, str]) -> PackList | None:
        told = [f"{key}:{contents}" for key, contents in sorted(held.items())]
        with self._get("", params={"held": told}) as answer:
            if answer.status_code == requests.codes.not_found:
                return None
            _check(answer)
            try:
                return packs_from(answer.json())
            except (ValueError, Malformed, requests.RequestException) as error:
                raise LinkDown(f"an answer that is not ours: {error}") from error

    def piece(self, offer: PackOffer, start: int, length: int) -> bytes:
        headers = {"Range": f"bytes={start}-{start + length - 1}", "Accept-Encoding": "identity"}
        with self._get(f"/{offer.name}", headers=headers, stream=True) as answer:
            if answer.status_code in (403, 404, 416):
                raise Gone(offer.name)
            _check(answer)
            if answer.headers.get("ETag") != f'"{offer.name}"':
                raise LinkDown("a file that is not ours")
            if answer.status_code != requests.codes.partial_content and start > 0:
                raise LinkDown("something in between does not let ranges through")
            try:
                return bytes(next(answer.iter_content(length), b""))
            except requests.RequestException as error:
                raise LinkDown(type(error).__name__) from error

    def _get(self, path: str, **told: Any) -> requests.Response:
        try:
            return self._http.get(
                self._server + DOOR + path, timeout=TIMEOUT_S, allow_redirects=False, **told
            )
        except requests.RequestException as error:
            raise LinkDown(type(error).__name__) from error


def _check(answer: requests.Response) -> None:
    if answer.status_code == requests.codes.unauthorized:
        raise NotEnrolled("device_unknown")
    if not answer.ok or answer.is_redirect:
        raise LinkDown(f"{answer.status_code} for a pack")
