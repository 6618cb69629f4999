"""Handing files to the server by tus 1.0.0, and fetching them: one request each.

Whatever does not carry our server's headers came from something in between, and counts as no
answer. An upload is followed by its id, not by its address: the way to the server is ours.
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any, Protocol

import requests

from field_app.sync.http import TIMEOUT_S
from field_app.sync.transport import LinkDown, NotEnrolled

VERSION = "1.0.0"
_PLACE = "/photos/uploads"

NEVER = frozenset({"photo_too_large", "photo_unreadable", "photo_heic", "bad_value"})
"""Refusals that no later try will lift."""


@dataclass(frozen=True)
class Standing:
    """How far an upload is; `whole` is the hash of the file the server says it has."""

    upload: str
    offset: int
    whole: str | None


class UploadGone(Exception):
    """The server knows no such upload (any more), or it stands elsewhere: ask, or begin anew."""


class Garbled(Exception):
    """What arrived was not the file that was announced, and has been dropped."""


class NotYet(Exception):
    """The server does not take, or have, this file for now; others may pass."""


class NeverTaken(Exception):
    """The server will not take this file, however often it is sent."""

    def __init__(self, code: str, details: dict[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class FileLink(Protocol):
    """The way to the server for files. Each method raises what its name above says,
    or `LinkDown` or `NotEnrolled`.
    """

    def begin(self, sha256: str, size: int) -> Standing: ...

    def standing(self, upload: str) -> Standing: ...

    def send(self, upload: str, offset: int, piece: bytes) -> Standing: ...

    def fetch(self, sha256: str, start: int, length: int) -> bytes: ...


class TusLink:
    """Speaks to one server with one device's token."""

    def __init__(self, server: str, token: str) -> None:
        self._server = server.rstrip("/")
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {token}"
        self._http.headers["Tus-Resumable"] = VERSION
        self._patch = ("PATCH", dict[str, str]())

    def begin(self, sha256: str, size: int) -> Standing:
        headers = {
            "Upload-Length": str(size),
            "Upload-Metadata": f"sha256 {base64.b64encode(sha256.encode()).decode()}",
        }
        answer = self._ask("POST", _PLACE, headers)
        return _standing(answer, answer.headers.get("Location", "").rpartition("/")[2])

    def standing(self, upload: str) -> Standing:
        return _standing(self._ask("HEAD", f"{_PLACE}/{upload}"), upload)

    def send(self, upload: str, offset: int, piece: bytes) -> Standing:
        digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        method, extra = self._patch
        headers = {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {digest}",
        }
        answer = self._ask(method, f"{_PLACE}/{upload}", headers | extra, piece)
        return _standing(answer, upload)

    def fetch(self, sha256: str, start: int, length: int) -> bytes:
        """At most `length` bytes from `start` on."""
        headers = {"Range": f"bytes={start}-{start + length - 1}", "Accept-Encoding": "identity"}
        answer = self._request("GET", f"/photos/{sha256}", headers, stream=True)
        with answer:
            if answer.headers.get("ETag") != f'"{sha256}"':
                raise _not_fetched(answer)
            if answer.status_code == requests.codes.ok and start > 0:
                raise LinkDown("something in between does not let ranges through")
            if answer.status_code not in (requests.codes.ok, requests.codes.partial_content):
                raise LinkDown(f"{answer.status_code} to a range")
            try:
                return next(answer.iter_content(length), b"")
            except requests.RequestException as error:
                raise LinkDown(type(error).__name__) from error

    def close(self) -> None:
        self._http.close()

    def _ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> requests.Response:
        """An answer of our server that grants what was asked."""
        answer = self._request(method, path, headers or {}, body)
        if answer.headers.get("Tus-Resumable") != VERSION:
            if method == "PATCH" and answer.status_code in (403, 405, 501):
                self._patch = ("POST", {"X-HTTP-Method-Override": "PATCH"})
            raise LinkDown(f"{answer.status_code} without our words")
        if not answer.ok:
            raise _refusal(answer)
        return answer

    def _request(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes = b"",
        *,
        stream: bool = False,
    ) -> requests.Response:
        try:
            return self._http.request(
                method,
                self._server + path,
                headers=headers,
                data=body,
                timeout=TIMEOUT_S,
                allow_redirects=False,
                stream=stream,
            )
        except requests.RequestException as error:
            raise LinkDown(type(error).__name__) from error


def _standing(answer: requests.Response, upload: str) -> Standing:
    offset = answer.headers.get("Upload-Offset", "")
    if not offset.isdecimal() or not upload.isalnum():
        raise LinkDown("an answer that is not ours")
    return Standing(upload, int(offset), answer.headers.get("Photo-Sha256"))


def _refusal(answer: requests.Response) -> Exception:
    """The status tells: the answer to a HEAD has no words."""
    code, details = _words(answer)
    if answer.status_code == requests.codes.unauthorized:
        return NotEnrolled(code)
    if code == "photo_garbled":
        return Garbled(code)
    if code == "photo_unknown":
        return NotYet(code)
    if code in NEVER:
        return NeverTaken(code, details)
    if answer.status_code in (404, 409, 410):
        return UploadGone(code)
    return LinkDown(f"{answer.status_code} {code}", _retry_after(answer))


def _not_fetched(answer: requests.Response) -> Exception:
    code, _ = _words(answer)
    if code == "device_unknown":
        return NotEnrolled(code)
    if code in ("photo_unknown", "photo_awaited"):
        return NotYet(code)
    return LinkDown(f"{answer.status_code} {code}", _retry_after(answer))


def _words(answer: requests.Response) -> tuple[str, dict[str, Any]]:
    try:
        error = answer.json()["error"]
        return str(error["code"]), dict(error["details"])
    except (ValueError, KeyError, TypeError, requests.RequestException):
        return "", {}


def _retry_after(answer: requests.Response) -> float | None:
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else None
