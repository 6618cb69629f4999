"""The doors of the public page: forms as a browser sends them, pages in HTML."""

from typing import Any

from sync_server.definition.parts import (
    BYTES,
    FORM,
    MULTIPART,
    SPOKEN,
    TEXT,
    Door,
    Schema,
    an_object,
    answer,
    door,
    in_path,
    in_query,
    one_of,
    refusals,
)
from sync_server.public.following import RATINGS
from sync_server.public.reporting import PHOTOS_MAX
from sync_server.public.words import LANGUAGES

TAG = "public page"
PREFIX = "/311"
HTML = "text/html"
_LANGUAGE = in_query("lang", TEXT, f"{', '.join(LANGUAGES)}; else as the browser prefers.")
_SERVICE = in_query("service", TEXT, "The code of a service", required=True)
_PLACE = [in_query("long", TEXT, "Degrees"), in_query("lat", TEXT, "Degrees")]
_SECRET = in_path("secret", TEXT, "What the address of a report's page ends with.")
_TOKEN = in_path("token", TEXT, "From a letter.")
_ON = {303: answer("Go on there", headers={"Location": TEXT})}


def doors() -> dict[str, dict[str, Door]]:
    of = {**_reporting(), **_following(), **_letters(), **_pictures()}
    return {f"{PREFIX}{path}": doors for path, doors in of.items()}


def _reporting() -> dict[str, dict[str, Door]]:
    home = _page("home", "What is the problem?")
    where = _page("where", "Where is it, and is it known?", _SERVICE, *_PLACE,
                  in_query("address", TEXT), goes_on=True)  # fmt: skip
    details = _page("details", "The last form", _SERVICE, *_PLACE, goes_on=True)
    said = {
        **dict.fromkeys(("lat", "long", "place", "description", "name", "email", "phone"), SPOKEN),
        "website": {"type": "string", "maxLength": 0, "description": "Nobody sees it."},
    }
    needed = {"service": SPOKEN, "sending": {**SPOKEN, "description": "The form's own mark."}}
    photos = {f"photo{n}": BYTES for n in range(1, PHOTOS_MAX + 1)}
    send = _sent("send", "Report it", {**needed, **said}, needed, photos=photos)
    again = {**needed, **said, "tongue": one_of(LANGUAGES)}
    in_other = _sent("details.again", "The same form in the other language", again, (), photos={})
    follow = _sent(
        "follow", "It is this one", {"incident": SPOKEN, "sending": SPOKEN}, ["incident"]
    )
    return {
        "/": {"get": home},
        "/where": {"get": where},
        "/details": {"get": details, "post": in_other},
        "/send": {"post": send},
        "/follow": {"post": follow},
    }


def _following() -> dict[str, dict[str, Door]]:
    standing = _page("standing", "Where a report stands", _SECRET)
    rating = one_of(RATINGS)
    of = {
        "letters": ("Ask for letters", {"email": SPOKEN}, ["email"]),
        "not-fixed": ("Say that it is not fixed", {"words": SPOKEN}, ()),
        "rating": ("Give an opinion", {"rating": rating}, ["rating"]),
    }
    said = {
        f"/{{secret}}/{name}": {"post": _sent(name, summary, form, needed, _SECRET)}
        for name, (summary, form, needed) in of.items()
    }
    return {"/{secret}": {"get": standing}, **said}


def _letters() -> dict[str, dict[str, Door]]:
    of = {"confirm": "Confirm that letters may come", "stop": "No more letters"}
    return {
        f"/mail/{name}/{{token}}": {
            "get": _page(f"{name}.ask", summary, _TOKEN),
            "post": _page(name, summary, _TOKEN, goes_on=True),
        }
        for name, summary in of.items()
    }


def _pictures() -> dict[str, dict[str, Door]]:
    places = [in_query(name, {"type": "number"}, required=True) for name in ("long", "lat")]
    others = in_query("others", TEXT, "`long,lat` of those to number, with semicolons")
    kept = {"Cache-Control": TEXT}
    drawn = _door("map", "The streets around a place",
                  {200: answer("Drawn", {"image/svg+xml": TEXT}, kept)},
                  *places, others)  # fmt: skip
    photo = _door("photo", "A picture of one's own report",
                  {200: answer("The picture", {"image/jpeg": BYTES})},
                  _SECRET, in_path("rank", {"type": "integer", "minimum": 0}))  # fmt: skip
    work = _door("work", "A small picture of the finished work",
                 {200: answer("The picture", {"image/jpeg": BYTES})},
                 _SECRET, in_path("rank", {"type": "integer", "minimum": 0}))  # fmt: skip
    style = _door("style", "How pages look", {200: answer("The file", {"text/css": TEXT}, kept)})
    script = _door("script", "What pages add where scripts run",
                   {200: answer("The file", {"text/javascript": TEXT}, kept)})  # fmt: skip
    return {
        "/map.svg": {"get": drawn},
        "/style.css": {"get": style},
        "/page.js": {"get": script},
        "/{secret}/photo/{rank}.jpg": {"get": photo},
        "/{secret}/done/{rank}.jpg": {"get": work},
    }


def _page(id: str, summary: str, *parameters: Schema, goes_on: bool = False) -> Door:
    told = {200: answer("A page", {HTML: TEXT}), **(_ON if goes_on else {})}
    return _door(id, summary, told, *parameters, _LANGUAGE)


def _sent(
    id: str, summary: str, said: dict[str, Schema], needed: Any, *parameters: Schema,
    photos: dict[str, Schema] | None = None,
) -> Door:  # fmt: skip
    schema = an_object({}, said, additionalProperties=SPOKEN, propertyNames=SPOKEN) | (
        {"required": list(needed)} if needed else {}
    )
    content: dict[str, Any] = {FORM: {"schema": schema}}
    if photos:
        whole = {**schema, "properties": {**said, **photos}}
        content[MULTIPART] = {"schema": whole}
    page = {200: answer("The form again, with what is missing", {HTML: TEXT})}
    page = page if photos is not None else {}
    told = {**page, **_ON}
    return {
        **_door(id, summary, told, *parameters, _LANGUAGE),
        "requestBody": {"required": bool(needed), "content": content},
    }


def _door(id: str, summary: str, told: dict[int, Schema], *parameters: Schema) -> Door:
    refused = refusals({400, 404, 413, 415, 422, 429, 500, 503, 507}, TEXT, HTML)
    whole = door(f"public.{id}", summary, told, tag=TAG, parameters=parameters)
    return {**whole, "responses": {**refused, **{str(code): each for code, each in told.items()}}}
