"""What citizens read when something is refused or fails: a page of ours, in their language.

The log says where it failed and by what kind of error, never in its words: they may hold what
somebody wrote, and the address of a report's page is its key.
"""

import logging
from traceback import format_tb
from typing import Any

from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import Response

from asset_model.errors import Refused
from asset_model.numbers import shown
from asset_model.troubles import trouble_of
from sync_server.http.problems import STATUSES
from sync_server.intake.forms import BYTES_MAX
from sync_server.intake.town import Town
from sync_server.public.rendering import language_of, page
from sync_server.public.words import sayer

log = logging.getLogger(__name__)

UNKEPT, FAILED = 503, 500
AGAIN = (429, UNKEPT, FAILED)
"""After these the very same may go through: what was typed is offered to be sent again."""
_OF_THE_DISK = ("storage_full", "storage_unwritable")
_OUR_WORDS = {
    **dict.fromkeys(_OF_THE_DISK, "not_kept"),
    "malformed_request": "form_unreadable",
    "change_oversized": "form_too_large",
}


def page_of(
    error: Exception, request: Request, pairs: list[tuple[str, str]], town: Town, *, door: str
) -> Response:
    """`door`: the pattern of the address, which names nobody."""
    language = language_of(request, dict(pairs))
    status, sentence = told(error, language)
    note(error, f"{request.method} /311{door}")
    alone = status == 404 and "service" not in getattr(error, "details", {})
    again = pairs if request.method == "POST" and status in AGAIN else []
    answer = page(
        "gone" if alone else "wrong", request, language, town, status=status,
        sentence=sentence, path=request.scope["path"].removeprefix(request.scope["root_path"]),
        again=[(name, value) for name, value in again if name != "lang"],
    )  # fmt: skip
    answer.headers.update(waiting(error))
    return answer


def told(error: Exception, language: str) -> tuple[int, str]:
    """The status and the sentence."""
    say = sayer(language)
    if not isinstance(error, Refused):
        unkept = isinstance(error, OSError) or trouble_of(error) is not None
        return (UNKEPT, say("not_kept")) if unkept else (FAILED, say("failed"))
    if "service" in error.details:
        return STATUSES[error.code], say("unknown_service")
    status = UNKEPT if error.code in _OF_THE_DISK else STATUSES.get(error.code, 422)
    if error.code in _OUR_WORDS:
        return status, say(_OUR_WORDS[error.code], mb=shown(BYTES_MAX // 1024**2, language))
    return status, error.sentence(language)


def waiting(error: Exception) -> dict[str, str]:
    seconds: Any = error.details.get("seconds") if isinstance(error, Refused) else None
    return {"Retry-After": str(seconds)} if seconds else {}


def note(error: Exception, door: str) -> None:
    """In the log, what nobody asked for; what was refused to somebody is no failure."""
    if isinstance(error, Refused) and error.code not in _OF_THE_DISK:
        return
    why: Any = trouble_of(error) if isinstance(error, DBAPIError) else None
    kind = error.code if isinstance(error, Refused) else type(error).__name__
    where = "".join(format_tb(error.__traceback__))
    log.error("%s failed: %s (%s)\n%s", door, kind, why or "-", where)
