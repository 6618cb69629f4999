"""The doors of the office: bulletins, decisions, papers, figures, calendars of shops."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sync_server.bulletins.decisions import DECISIONS
from sync_server.bulletins.files import SOURCES, TYPES
from sync_server.bulletins.telling import BULLETINS
from sync_server.campaign_file import KEYS, REQUIRED
from sync_server.definition.of_bulletins import BODIES
from sync_server.definition.parts import (
    BYTES,
    DAY,
    DEVICE,
    ID,
    MOMENT,
    OBJECT,
    TEXT,
    Door,
    Schema,
    a_list,
    an_object,
    answer,
    as_json,
    body,
    door,
    in_header,
    in_path,
    in_query,
    one_of,
    or_none,
    ref,
)
from sync_server.figures.giving import FORMS
from sync_server.http.bulletins import PERSON
from sync_server.http.figures import LANGUAGES
from sync_server.intake.contacts import NEWS_BY
from sync_server.intake.desk import WORDS_MAX

TAG = "office"
_WHO = in_header(PERSON, TEXT, "The id of the person who sits at the screen.", required=True)
_LANGUAGE = in_query("language", one_of(LANGUAGES))
_REFUSED = (400, 401, 403, 404, 422)


def doors() -> dict[str, dict[str, Door]]:
    bulletins = {f"/bulletins/{name}": {"get": _bulletin(name)} for name in BULLETINS}
    decisions = {f"/decisions/{name}": {"post": _decision(name)} for name in DECISIONS}
    files = {f"/files/{name}.{{form}}": {"get": _file(name)} for name in SOURCES}
    return {**bulletins, **decisions, **files, **_figures(), **_papers()}


def _bulletin(name: str) -> Door:
    return _door(
        f"bulletin.{name}",
        f"What the server works out: {name}",
        {200: as_json("When it was worked out, and what the screen shows", _told(BODIES[name]))},
        parameters=[_WHO],
        description="The question is in further parameters, each with a value of its own.",
    )


def _decision(name: str) -> Door:
    comes_to = "Done" if DECISIONS[name].stands else "What it comes to"
    return _door(
        f"decision.{name}",
        f"What a person decides: {name}",
        {200: as_json(comes_to, _told(ANSWERED.get(name, OBJECT)))},
        refused=(*_REFUSED, 413),
        parameters=[_WHO],
        body=body(SAID.get(name, OBJECT)),
    )


def _told(content: Schema) -> Schema:
    return an_object({"made_at": MOMENT, "body": content}, additionalProperties=False)


def _file(name: str) -> Door:
    content = {kind.partition(";")[0]: BYTES for kind in TYPES.values()}
    return _door(
        f"file.{name}",
        f"{name}, to take away",
        {200: answer("The file", content, {"Content-Disposition": TEXT})},
        parameters=[_WHO, in_path("form", one_of(TYPES)), _LANGUAGE],
    )


def _figures() -> dict[str, dict[str, Door]]:
    asked = [
        in_query("first", DAY, "The first day", required=True),
        in_query("last", DAY, "The last day, within", required=True),
        in_query("unit", TEXT, "The number of a unit"),
        in_query("form", one_of(FORMS)),
        _LANGUAGE,
    ]
    content = {form.media_type.partition(";")[0]: BYTES for form in FORMS.values()}
    told = {200: answer("Lines", content, {"Content-Disposition": TEXT})}
    every = _door("figures", "Every figure of each unit, and of the fleet", told, parameters=asked)
    records = _door(
        "figures.records",
        "The records that make a figure",
        told,
        parameters=[in_path("figure"), *asked],
    )
    return {"/figures": {"get": every}, "/figures/{figure}": {"get": records}}


def _papers() -> dict[str, dict[str, Door]]:
    pdf = {200: answer("The paper", {"application/pdf": BYTES}, {"Content-Disposition": TEXT})}
    unit = _door("unitFile", "The file of a unit", pdf, parameters=[in_path("tag"), _LANGUAGE])
    check = _door(
        "checkReport",
        "The report of a circle check",
        pdf,
        parameters=[in_path("inspection"), _LANGUAGE],
    )
    calendar = door(
        "shopCalendar",
        "The work of a shop, at an address that nobody guesses",
        {200: answer("In iCalendar", {"text/calendar": TEXT})},
        tag=TAG,
        refused=(404,),
        parameters=[in_path("secret")],
    )
    return {
        "/papers/units/{tag}.pdf": {"get": unit},
        "/papers/checks/{inspection}.pdf": {"get": check},
        "/calendars/{secret}.ics": {"get": calendar},
    }


def _door(
    id: str, summary: str, answers: Mapping[int, Schema], *, refused: tuple[int, ...] = _REFUSED,
    **more: Any,
) -> Door:  # fmt: skip
    return door(id, summary, answers, tag=TAG, refused=refused, security=DEVICE, **more)


_WORDS = or_none({"type": "string", "maxLength": WORDS_MAX})
_DEGREES = or_none({"type": "number"})
_CONTACT = an_object(
    {},
    {
        **dict.fromkeys(("first_name", "last_name", "email", "phone"), or_none(TEXT)),
        "news_by": or_none(one_of(NEWS_BY)),
    },
)
_REPORT = an_object(
    {"id": ID, "service": ID},
    {
        "language": or_none(one_of(LANGUAGES)),
        "words": _WORDS,
        "place": _WORDS,
        "longitude": _DEGREES,
        "latitude": _DEGREES,
        "answers": or_none(OBJECT),
        "incident": or_none({"type": "string", "maxLength": 36}),
        "apart": or_none(a_list({"type": "string", "maxLength": 36}, maxItems=10)),
        "contact": or_none(_CONTACT),
    },
)
_MOVE = {"plan": TEXT, "due": DAY}
_SCENARIO: dict[str, Schema] = {
    "move": a_list(an_object({**_MOVE, "to": DAY}, {"unit": or_none(TEXT)})),
    "skip": a_list(an_object(_MOVE, {"unit": or_none(TEXT)})),
}
_OF_A_FILE: dict[type, Schema] = {
    str: TEXT,
    int: {"type": "integer"},
    date: DAY,
    list: a_list(TEXT),
    dict: OBJECT,
}
_CAMPAIGN = an_object(
    {name: _OF_A_FILE[KEYS[name]] for name in REQUIRED},
    {name: or_none(_OF_A_FILE[kind]) for name, kind in KEYS.items() if name not in REQUIRED},
    additionalProperties=False,
    anyOf=[{"required": [name]} for name in ("plan", "class", "units")],
)
"""A campaign's file, as JSON writes it: `sync_server/campaign_file.py` reads both."""
_WHY: dict[str, Schema] = {"why": {"type": "string", "minLength": 1}}

SAID: dict[str, Schema] = {
    "report-look": _REPORT,
    "report-take": _REPORT,
    "report-withdraw": an_object({"id": ID}),
    "report-contact": an_object({"report": TEXT}, {"why": or_none(TEXT)}),
    "caller-history": an_object({"asked": TEXT}),
    "plans-look": an_object(_WHY, _SCENARIO),
    "plans-publish": an_object({"id": ID, **_WHY}, _SCENARIO),
    "campaign-look": an_object({"campaign": _CAMPAIGN}),
    "campaign-make": an_object({"id": ID, "campaign": _CAMPAIGN}),
}
"""What a decision is told, by its name."""

_LINES = an_object({"lines": a_list(OBJECT)})
_LAID_OUT: dict[str, Schema] = {
    **dict.fromkeys(("units", "weeks"), a_list(OBJECT)),
    "orders": {"type": "integer"},
}
ANSWERED: dict[str, Schema] = {
    "report-contact": an_object({"contact": ref("Contact")}),
    "caller-history": an_object(
        {
            "contact": ref("Contact"),
            "language": or_none(one_of(LANGUAGES)),
            "reports": a_list(OBJECT),
        }
    ),
    "plans-look": _LINES,
    "plans-publish": _LINES,
    "campaign-look": an_object(_LAID_OUT),
    "campaign-make": an_object({"id": ID, **_LAID_OUT}),
}
"""What it comes to; of the others, any object."""
