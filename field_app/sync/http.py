"""The transport over HTTP: JSON, compressed both ways, told apart from what a proxy may say."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from typing import Any, TypeVar

import requests
from urllib3.exceptions import HTTPError

from asset_model.sync.offer import Asked, Offer, offer_from
from asset_model.sync.packing import encodings, media_type
from asset_model.sync.reading import Malformed, page_or_terms_from, reply_from
from asset_model.sync.squeezing import accepted, deflated, opened
from asset_model.sync.wire import PROTOCOL, Page, Pull, Push, PushReply, Terms, encoded
from field_app.sync.first_copy import Gone
from field_app.sync.transport import LinkDown, NotEnrolled, NotTaken, OtherProtocol

Message = TypeVar("Message", PushReply, Page | Terms)

TIMEOUT_S = (5, 60)
"""To connect, and between two bytes."""

COPIES = "/sync/v1/snapshot"

PIECE_BYTES = 64 * 1024

OLDEST_SPOKEN = 2
"""An app that is ahead of its server gets along with servers of this protocol."""

MESSAGES_IN_OLDER = 100
"""Then ours is tried again: the server may have been updated."""


class HttpTransport:
    """Speaks to one server with one device's token."""

    def __init__(self, server: str, token: str) -> None:
        self.server = server.rstrip("/")
        self._http = requests.Session()
        self._http.headers.clear()  # Each header is paid for in every message.
        self._http.headers["Authorization"] = f"Bearer {token}"
        self._http.headers["Accept-Encoding"] = ", ".join(accepted())
        self._http.headers["User-Agent"] = "Voirie"
        self._speaks, self._left = PROTOCOL, 0

    def push(self, push: Push) -> PushReply:
        return self._say(reply_from, "/sync/v1/push", push)

    def pull(self, pull: Pull) -> Page | Terms:
        return self._say(page_or_terms_from, "/sync/v1/pull", pull)

    def _say(self, reader: Callable[[Any], Message], path: str, message: Push | Pull) -> Message:
        """In our protocol, or in an older one where the server knows no better.

        It passes over what it does not know, and may be updated any day.
        """
        self._left -= 1
        if self._left < 0:
            self._speaks = PROTOCOL
        try:
            return self._exchange(reader, path, message)
        except OtherProtocol as other:
            self._speaks, self._left = other.spoken, MESSAGES_IN_OLDER
            return self._exchange(reader, path, message)

    def _exchange(
        self, reader: Callable[[Any], Message], path: str, message: Push | Pull
    ) -> Message:
        answer = self._post(path, replace(message, protocol=self._speaks))
        return _read(reader, answer, self._speaks)

    def offer(self, asked: Asked) -> Offer | None:
        """The ready copy that the server has for what this replica may hold.

        None where it has none: its answer, or that it is too old to know the question.
        """
        headers = {"Accept": ", ".join(map(media_type, encodings()))}
        try:
            answer = self._http.get(
                self.server + COPIES,
                params=asdict(asked),
                headers=headers,
                timeout=TIMEOUT_S,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise LinkDown(type(error).__name__) from error
        if answer.status_code in (204, 404, 422):
            return None
        try:
            return offer_from(_body(answer))
        except Malformed as error:
            raise LinkDown(f"an answer that is not ours: {error}") from error

    def fetch(self, offer: Offer, start: int) -> Iterator[bytes]:
        """The bytes of the copy from `start` on; see `first_copy.CopySource`."""
        headers = {
            "Accept-Encoding": "identity",  # Ranges are of the file as it is.
            "Range": f"bytes={start}-",
            "If-Range": _etag(offer),
        }
        address = f"{self.server}{COPIES}/{offer.name}"
        try:
            with self._http.get(
                address, headers=headers, stream=True, timeout=TIMEOUT_S, allow_redirects=False
            ) as answer:
                _check_range(answer, offer, start)
                # Whatever has come, not whole pieces: a link that dies loses none of it.
                while piece := answer.raw.read1(PIECE_BYTES, decode_content=False):
                    yield piece
        except (requests.RequestException, HTTPError) as error:
            raise LinkDown(type(error).__name__) from error

    def close(self) -> None:
        self._http.close()

    def _post(self, path: str, message: Push | Pull) -> Any:
        body = encoded(message)
        # A small one too: the checksum inside tells the server of a byte garbled on the way.
        headers = {"Content-Type": "application/json", "Content-Encoding": "deflate"}
        try:
            answer = self._http.post(
                self.server + path,
                data=deflated(body),
                headers=headers,
                timeout=TIMEOUT_S,
                allow_redirects=False,  # A sign-in page of the network, not our server.
            )
        except requests.RequestException as error:
            raise LinkDown(type(error).__name__) from error
        return _body(answer)


def _read(reader: Callable[[Any], Message], data: Any, protocol: int) -> Message:
    try:
        message = reader(data)
    except Malformed as error:
        raise LinkDown(f"an answer that is not ours: {error}") from error
    if message.protocol != protocol:
        raise LinkDown(f"the server speaks protocol {message.protocol}")
    return message


def _body(answer: requests.Response) -> Any:
    """The JSON of an answer of ours; whatever else came means that nothing came."""
    if answer.status_code == requests.codes.request_entity_too_large:
        raise NotTaken("change_oversized")  # Whoever says so, us or a proxy: less may pass.
    try:
        data = json.loads(opened(answer.content, answer.headers.get("Content-Encoding")))
    except (ValueError, RecursionError) as error:
        raise LinkDown(f"{answer.status_code} without our words") from error
    if answer.status_code == requests.codes.ok:
        return data
    problem = data.get("error") if isinstance(data, dict) else None
    code = problem.get("code") if isinstance(problem, dict) else None
    if code == "device_unknown":
        raise NotEnrolled(code)
    details = problem.get("details") if isinstance(problem, dict) else None
    if code and (answer.status_code == 422 or code == "malformed_request"):
        raise NotTaken(code, details)
    if code == "protocol_unknown" and (spoken := _spoken(details)):
        raise OtherProtocol(spoken)
    raise LinkDown(f"{answer.status_code} {code}", _retry_after(answer))


def _spoken(details: Any) -> int | None:
    """The latest protocol that an older server says it speaks."""
    spoken = details.get("spoken") if isinstance(details, dict) else None
    return spoken if type(spoken) is int and OLDEST_SPOKEN <= spoken < PROTOCOL else None


def _etag(offer: Offer) -> str:
    return f'"{offer.name}"'


def _check_range(answer: requests.Response, offer: Offer, start: int) -> None:
    """Whether what follows is the file from `start` on.

    :raises Gone, LinkDown, NotEnrolled: it is not
    """
    if answer.status_code in (403, 404, 416, 422):
        raise Gone(offer.name)
    if answer.status_code not in (200, 206):
        _body(answer)
        raise LinkDown(f"{answer.status_code} for a file")
    if answer.headers.get("ETag") != _etag(offer):
        raise LinkDown("a file that is not ours")
    told = answer.headers.get("Content-Range", "")
    begins = told.startswith(f"bytes {start}-") if answer.status_code == 206 else start == 0
    if not begins:
        raise Gone(offer.name)


def _retry_after(answer: requests.Response) -> float | None:
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else None
