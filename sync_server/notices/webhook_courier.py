"""Calling endpoints: signed, once per event as far as the other side says yes."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from asset_model.database import Database
from sync_server.notices import endpoints, outer
from sync_server.notices.delivery import Send
from sync_server.notices.events import event_of
from sync_server.notices.posting import Forbidden, Unreachable, post
from sync_server.notices.signing import headers_of
from sync_server.notices.tables import Notice, WebhookEndpoint
from sync_server.notices.undelivered import Undelivered, Unwanted

SILENT_FOR = timedelta(days=3)
"""An endpoint that fails so long is called no more, and the office is told."""
GONE = 410
FOR_NOW = frozenset({408, 425, 429})


@dataclass(frozen=True)
class WebhookCourier:
    database: Database
    clock: Callable[[], datetime]
    apart: bool = True

    @contextmanager
    def round(self) -> Iterator[Send]:
        yield self._call

    def _call(self, notice: Notice) -> None:
        now = self.clock()
        with self.database.reading() as session:
            endpoint = session.get(WebhookEndpoint, notice.recipient)
        if endpoint is None or endpoint.disabled_at is not None:
            raise Unwanted("not_wished")
        url, body, headers = _written(notice, endpoint, now)
        try:
            status = post(url, body, headers, private=endpoint.private)
        except Forbidden:
            raise Undelivered("webhook_forbidden", final=True) from None
        except Unreachable as error:
            raise self._away(endpoint, str(error)) from None
        self._heard(endpoint, status)

    def _heard(self, endpoint: WebhookEndpoint, status: int) -> None:
        if 200 <= status < 300:
            if endpoint.failing_since is not None:
                self._note(endpoint, None)
        elif status == GONE:
            self._end(endpoint, "webhook_gone")
        elif 400 <= status < 500 and status not in FOR_NOW:
            raise Undelivered("webhook_refused", str(status))
        else:
            raise self._away(endpoint, str(status))

    def _away(self, endpoint: WebhookEndpoint, why: str) -> Exception:
        """What to raise where the endpoint, and not the event, is the trouble."""
        now = self.clock()
        if endpoint.failing_since is None:
            self._note(endpoint, now)
        elif now - endpoint.failing_since > SILENT_FOR:
            self._end(endpoint, "webhook_silent")
        return Undelivered("webhook_away", why, everybody=True)

    def _note(self, endpoint: WebhookEndpoint, since: datetime | None) -> None:
        with self.database.writing() as session:
            endpoints.named(session, endpoint.name).failing_since = since

    def _end(self, endpoint: WebhookEndpoint, code: str) -> NoReturn:
        """Call it no more; that this notice failed for good is what the office is told."""
        with self.database.writing() as session:
            endpoints.disable(session, endpoint.name, code=code, now=self.clock())
        raise Undelivered(code, final=True)


def _written(
    notice: Notice, endpoint: WebhookEndpoint, now: datetime
) -> tuple[str, bytes, dict[str, str]]:
    """Where to, what, and under which headers."""
    if endpoint.open311:
        form = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        return *outer.call_of(notice, endpoint), {"User-Agent": "Voirie", **form}
    body = json.dumps(event_of(notice), ensure_ascii=False, separators=(",", ":")).encode()
    signed = headers_of(notice.id, now, body, endpoints.keys_of(endpoint, now=now))
    return (
        endpoint.url,
        body,
        {
            "Content-Type": "application/json",
            "User-Agent": "Voirie",
            **signed,
        },
    )
