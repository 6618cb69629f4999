"""What each bulletin tells: the body of its answer, by its name."""

from sync_server.definition.parts import (
    DAY,
    ID,
    MOMENT,
    TEXT,
    Schema,
    a_list,
    an_object,
    one_of,
    or_none,
)

WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
YES: Schema = {"type": "boolean"}
WEEK: Schema = {"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"}
MONTH: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}


def exactly(**parts: Schema) -> Schema:
    return an_object(parts, additionalProperties=False)


BOTH = exactly(fr=TEXT, en=TEXT)
RULE = exactly(version=WHOLE, fr=TEXT, en=TEXT)
NAMED = exactly(id=ID, name=TEXT)
_NOTES = a_list(TEXT)

_NARROWED = {"district": or_none(TEXT), "crew": or_none(TEXT), "month": MONTH}
_SHARE = {
    "code": TEXT,
    "value": or_none(NUMBER),
    "count": WHOLE,
    "before": or_none(NUMBER),
    "notes": _NOTES,
}
_FIGURE = exactly(
    **_SHARE, measure=TEXT, parts=a_list(exactly(**_SHARE, name=or_none(TEXT))), rule=RULE
)

_DAYS = exactly(first=DAY, last=DAY, until=or_none(MOMENT))
_NUMBERS = {"value": or_none(NUMBER), "count": WHOLE, "notes": _NOTES}
_OTHER_WEEK = exactly(**_NUMBERS, why=or_none(TEXT))
_WITH_OTHERS = {
    **_NUMBERS,
    "beside": exactly(week_before=_OTHER_WEEK, year_before=_OTHER_WEEK),
}
_WEEKLY = exactly(
    code=TEXT,
    measure=TEXT,
    **_WITH_OTHERS,
    parts=a_list(exactly(code=TEXT, name=or_none(TEXT), **_WITH_OTHERS)),
    rule=RULE,
)
_DASHBOARD = exactly(
    **_NARROWED,
    figures=a_list(_FIGURE),
    week=exactly(
        first=DAY,
        last=DAY,
        until=or_none(MOMENT),
        beside=exactly(week_before=_DAYS, year_before=_DAYS),
        figures=a_list(_WEEKLY),
        rule=RULE,
    ),
    choices=exactly(districts=a_list(NAMED), crews=a_list(NAMED)),
    freshness=exactly(
        tablets=a_list(exactly(code=TEXT, crew=or_none(TEXT), seen_at=or_none(MOMENT), quiet=YES)),
        to_settle=WHOLE,
    ),
)

_PAGE = {"page": WHOLE, "pages": WHOLE, "count": WHOLE}
_LISTED_ROW = an_object(
    {
        "id": TEXT,
        "table": TEXT,
        "number": or_none(TEXT),
        "title": BOTH,
        "place": or_none(TEXT),
        "status": TEXT,
        "route": or_none(TEXT),
    },
    {
        "at": or_none(TEXT),
        "day": DAY,
        "done_at": or_none(MOMENT),
        "done_on": or_none(DAY),
        "why": or_none(BOTH),
        "what": BOTH,
        "crew": or_none(TEXT),
        "hours": or_none(NUMBER),
        "law": YES,
        "amount": or_none(NUMBER),
        "material": or_none(TEXT),
        "rate": or_none(NUMBER),
        "rate_unit": or_none(TEXT),
        "metres": or_none(NUMBER),
    },
    additionalProperties=False,
)
_LISTED = exactly(
    **_NARROWED,
    figure=TEXT,
    part=or_none(TEXT),
    part_name=or_none(TEXT),
    narrowed=a_list(TEXT),
    week=or_none(_DAYS),
    **_PAGE,
    amount=or_none(NUMBER),
    rows=a_list(_LISTED_ROW),
    rule=RULE,
)

_CAMPAIGNS = exactly(
    kinds=a_list(exactly(code=TEXT, fr=TEXT, en=TEXT, count=WHOLE)),
    plans=a_list(exactly(code=TEXT, title=BOTH)),
    campaigns=a_list(
        an_object(
            {"id": ID, "name": TEXT, "by": or_none(TEXT), "at": MOMENT},
            description="With what its file asked for.",
        )
    ),
)
_READY = exactly(
    id=ID,
    name=TEXT,
    on=DAY,
    ready=WHOLE,
    units=a_list(exactly(id=ID, unit=TEXT, name=TEXT, ready=YES, holds=a_list(BOTH))),
)

_OF_A_UNIT: Schema = {
    "type": "object",
    "description": "By the code of the figure.",
    "additionalProperties": exactly(
        value=or_none(NUMBER), measure=TEXT, records=WHOLE, notes=a_list(BOTH)
    ),
}
_TITLED_RULE = exactly(version=WHOLE, fr=TEXT, en=TEXT, title=BOTH)
_FIGURES = exactly(
    first=DAY,
    last=DAY,
    fleet=_OF_A_UNIT,
    units=a_list(exactly(id=ID, tag=TEXT, name=TEXT, figures=_OF_A_UNIT)),
    rules={"type": "object", "additionalProperties": _TITLED_RULE},
)
_RECORD = exactly(
    id=TEXT,
    unit=TEXT,
    at=TEXT,
    number=or_none(TEXT),
    what=BOTH,
    why=BOTH,
    amount=or_none(NUMBER),
)
_RECORDS = exactly(
    first=DAY,
    last=DAY,
    figure=TEXT,
    unit=or_none(TEXT),
    value=or_none(NUMBER),
    measure=TEXT,
    **_PAGE,
    rows=a_list(_RECORD),
    rule=_TITLED_RULE,
)

_COMING = exactly(day=DAY, asset=or_none(TEXT), why=BOTH, earliest=DAY, latest=or_none(DAY))
_PLANS = exactly(
    plans=a_list(
        exactly(
            id=ID,
            code=TEXT,
            title=BOTH,
            active=YES,
            legal=YES,
            basis=or_none(TEXT),
            shop=or_none(TEXT),
            hours=or_none(NUMBER),
            lead_days=WHOLE,
            grace_days=or_none(WHOLE),
            words=a_list(BOTH),
            seasons=a_list(BOTH),
            nests=a_list(TEXT),
            trouble=or_none(BOTH),
            units=or_none(WHOLE),
            open=WHOLE,
            next=a_list(_COMING),
        )
    )
)

_TOLD = exactly(
    lines=a_list(
        exactly(
            kind=TEXT,
            channel=TEXT,
            state=TEXT,
            to=TEXT,
            language=TEXT,
            at=MOMENT,
            why=or_none(BOTH),
        )
    )
)

_WORK = an_object(
    {
        "plan": TEXT,
        "title": BOTH,
        "unit": or_none(TEXT),
        "asset": or_none(TEXT),
        "day": DAY,
        "due": DAY,
        "hours": or_none(NUMBER),
        "legal": YES,
        "movable": YES,
        "state": one_of(["ordered", "coming"]),
        "why": BOTH,
        "route": or_none(TEXT),
    },
    {"number": or_none(TEXT), "status": or_none(TEXT)},
    additionalProperties=False,
)
_SHOP_WEEK = exactly(
    week=WEEK,
    monday=DAY,
    ordered=NUMBER,
    late=NUMBER,
    coming=NUMBER,
    capacity=or_none(NUMBER),
    over=YES,
)
_WORKSHOP = an_object(
    {
        "shops": a_list(exactly(code=TEXT, name=TEXT, hours=or_none(NUMBER))),
        "shop": or_none(TEXT),
        "weeks": a_list(_SHOP_WEEK),
        "week": or_none(WEEK),
        "work": a_list(_WORK),
        "count": WHOLE,
    },
    {"page": WHOLE, "pages": WHOLE},
    additionalProperties=False,
)

BODIES: dict[str, Schema] = {
    "dashboard": _DASHBOARD,
    "dashboard-list": _LISTED,
    "campaigns": _CAMPAIGNS,
    "campaign-ready": _READY,
    "figures": _FIGURES,
    "figures-list": _RECORDS,
    "plans": _PLANS,
    "told": _TOLD,
    "workshop": _WORKSHOP,
}
