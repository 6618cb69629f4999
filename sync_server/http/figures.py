"""The doors of figures: the office reads them, as JSON lines, CSV or XML. Crews' tablets may not:
they tell what people cost and how long each worked.
"""

from datetime import date

from fastapi import APIRouter, Request, Response

from asset_model.errors import Refused
from maintenance.due import TORONTO
from maintenance.figures.spans import Period
from sync_server.days import day_of
from sync_server.figures.giving import FORMS, check_figure, given
from sync_server.figures.sheet import work_out
from sync_server.http.bodies import authenticated

router = APIRouter(prefix="/figures")

LANGUAGES = ("fr", "en")


@router.get("")
def figures(request: Request) -> Response:
    """Every figure of each unit, and of the fleet.

    `first` and `last` are days, both within; `unit` is its number; `form` json, csv or xml.
    """
    return _answer(request, None)


@router.get("/{figure}")
def records(request: Request, figure: str) -> Response:
    """The records that make a figure of the fleet, or of one unit."""
    return _answer(request, figure)


def _answer(request: Request, figure: str | None) -> Response:
    with request.app.state.database.reading() as session:
        if authenticated(session, request).kind != "office":
            raise Refused("office_only")
        check_figure(figure)
        period = Period(_day(request, "first"), _day(request, "last"), TORONTO)
        form = one_of(request, "form", tuple(FORMS))
        language = one_of(request, "language", LANGUAGES)
        unit = request.query_params.get("unit")
        sheet = work_out(session, period, now=request.app.state.clock(), unit=unit)
    body = given(sheet, form, language, figure=figure)
    name = f"{figure or 'figures'}-{period.first}-{period.last}.{FORMS[form].suffix}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=FORMS[form].media_type, headers=headers)


def _day(request: Request, name: str) -> date:
    text = request.query_params.get(name, "")
    try:
        return day_of(text)
    except ValueError:
        raise Refused("bad_value", field=name, value=text[:40], why="2026-11-26") from None


def one_of(request: Request, name: str, words: tuple[str, ...]) -> str:
    """The word that was asked for; the first of them where none was."""
    word = request.query_params.get(name, words[0])
    if word not in words:
        raise Refused("bad_value", field=name, value=word[:40], why=", ".join(words))
    return word
