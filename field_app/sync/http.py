"""The transport over HTTP: JSON, compressed both ways, told apart from what a proxy may say."""

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

import requests

from asset_model.sync.wire import (
    PROTOCOL,
    Malformed,
    Page,
    Pull,
    Push,
    PushReply,
    Terms,
    page_or_terms_from,
    reply_from,
)
from field_app.sync.transport import LinkDown, NotEnrolled, TooLarge

Message = TypeVar("Message", PushReply, Page | Terms)

TIMEOUT_S = (5, 60)
"""To connect, and between two bytes."""

COMPRESS_FROM_BYTES = 1_000


class HttpTransport:
    """Speaks to one server with one device's token."""

    def __init__(self, server: str, token: str) -> None:
        self.server = server.rstrip("/")
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {token}"

    def push(self, push: Push) -> PushReply:
        return _read(reply_from, self._post("/sync/v1/push", asdict(push)))

    def pull(self, pull: Pull) -> Page | Terms:
        return _read(page_or_terms_from, self._post("/sync/v1/pull", asdict(pull)))

    def close(self) -> None:
        self._http.close()

    def _post(self, path: str, message: dict[str, Any]) -> Any:
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"Content-Type": "application/json"}
        if len(body) >= COMPRESS_FROM_BYTES:
            body, headers["Content-Encoding"] = zlib.compress(body, 6), "deflate"
        try:
            answer = self._http.post(
                self.server + path, data=body, headers=headers, timeout=TIMEOUT_S
            )
        except requests.RequestException as error:
            raise LinkDown(type(error).__name__) from error
        return _body(answer)


def _read(reader: Callable[[Any], Message], data: Any) -> Message:
    try:
        message = reader(data)
    except Malformed as error:
        raise LinkDown(f"an answer that is not ours: {error}") from error
    if message.protocol != PROTOCOL:
        raise LinkDown(f"the server speaks protocol {message.protocol}")
    return message


def _body(answer: requests.Response) -> Any:
    """The JSON of an answer of ours; whatever else came means that nothing came."""
    try:
        data = answer.json()
    except ValueError as error:
        raise LinkDown(f"{answer.status_code} without our words") from error
    if answer.status_code == requests.codes.ok:
        return data
    code = data.get("error", {}).get("code") if isinstance(data, dict) else None
    if code == "device_unknown":
        raise NotEnrolled(code)
    if answer.status_code in (413, 422):
        raise TooLarge(code)
    raise LinkDown(f"{answer.status_code} {code}", _retry_after(answer))


def _retry_after(answer: requests.Response) -> float | None:
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else None
