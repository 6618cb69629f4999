"""Pages as they leave: in a language, with what a browser may do with them said in headers."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from maintenance.due import TORONTO
from sync_server.intake.town import Town
from sync_server.papers.spelling import Spelling
from sync_server.public.words import LANGUAGES, sayer

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' blob: data:; style-src 'self'; script-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(self)",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
}
"""The address of a report's page is its key: it is told to no other site."""


def language_of(request: Request, given: dict[str, str]) -> str:
    """What was asked for, else what the browser prefers; French where it says neither.

    `tongue` is the other language, asked for in the middle of a form that says its own.
    """
    asked = given.get("tongue") or given.get("lang", "")
    if asked in LANGUAGES:
        return asked
    for wished in request.headers.get("accept-language", "").split(","):
        if (short := wished.strip()[:2].lower()) in LANGUAGES:
            return short
    return "fr"


def page(
    name: str, request: Request, language: str, town: Town, *, status: int = 200, **told: Any
) -> Response:
    root = request.scope["root_path"]
    spelling = Spelling(language)
    text = _environment().get_template(f"{name}.html").render(
        say=sayer(language),
        spell=spelling,
        day=lambda moment: spelling.day(moment.astimezone(TORONTO).date()),
        language=language,
        other="en" if language == "fr" else "fr",
        root=root,
        here=_elsewhere(request, language),
        town=town,
        **told,
    )  # fmt: skip
    return Response(text, status, HEADERS, "text/html; charset=utf-8")


def _elsewhere(request: Request, language: str) -> str:
    """The same page in the other language; a page that was sent to begins again."""
    other = "en" if language == "fr" else "fr"
    if request.method != "GET":
        return f"{request.scope['root_path']}/?lang={other}"
    return str(request.url.include_query_params(lang=other).replace(scheme="", netloc=""))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("sync_server.public"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
