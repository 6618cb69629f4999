"""The doors of tablets: enrolment, synchronization, the first copy, the base map, news."""

from asset_model.sync.reading import POSITION_MAX
from sync_server.definition.parts import (
    BYTES,
    DEVICE,
    TEXT,
    Door,
    a_list,
    an_object,
    answer,
    as_json,
    body,
    door,
    in_path,
    in_query,
    ref,
)

TAG = "tablets"


def doors() -> dict[str, dict[str, Door]]:
    return {**_synchronization(), **_first_copy(), **_base_map(), **_beside()}


def _synchronization() -> dict[str, dict[str, Door]]:
    push = door(
        "push",
        "Hand in changes",
        {200: as_json("What became of each", ref("PushReply"))},
        tag=TAG,
        security=DEVICE,
        refused=(400, 401, 413),
        body=body(ref("Push")),
        description="`Content-Encoding: deflate` is understood. docs/sync.md tells the protocol.",
    )
    page = {"anyOf": [ref("Page"), ref("Terms")]}
    pull = door(
        "pull",
        "Ask for what is new",
        {200: as_json("Whole commits, or what the replica should hold instead", page)},
        tag=TAG,
        security=DEVICE,
        refused=(400, 401, 413),
        body=body(ref("Pull")),
    )
    enrol = door(
        "enrol",
        "Show a code, get a token",
        {200: as_json("Told once", ref("Enrolled"))},
        tag=TAG,
        refused=(400, 403, 413, 429),
        body=body(an_object({"code": TEXT})),
    )
    return {
        "/sync/v1/push": {"post": push},
        "/sync/v1/pull": {"post": pull},
        "/api/enrol": {"post": enrol},
    }


def _first_copy() -> dict[str, dict[str, Door]]:
    position = {"type": "integer", "minimum": 0, "maximum": POSITION_MAX, "default": 0}
    offer = door(
        "offerSnapshot",
        "Is there a ready copy of all that this device may hold?",
        {
            200: as_json("There is; its name never means another", ref("Offer")),
            204: answer("Pages serve better"),
        },
        tag=TAG,
        security=DEVICE,
        refused=(400, 401),
        parameters=[
            *(in_query(name, TEXT) for name in ("epoch", "scope", "shape")),
            in_query("position", position, "Of the bucket that was read least."),
        ],
    )
    kinds = ("application/zstd", "application/gzip")
    return {
        "/sync/v1/snapshot": {"get": offer},
        "/sync/v1/snapshot/{name}": {"get": _a_file("fetchSnapshot", "A ready copy", kinds)},
    }


def _base_map() -> dict[str, dict[str, Door]]:
    held = in_query("held", a_list(TEXT, maxItems=200), "`key:contents` of each pack it has.")
    offers = door(
        "offerPacks",
        "Which packs of the base map this device may hold",
        {200: as_json("What brings each to its newest state", ref("PackList"))},
        tag=TAG,
        security=DEVICE,
        refused=(400, 401),
        parameters=[held],
    )
    pack = _a_file("fetchPack", "A pack, or a patch to one", ("application/vnd.sqlite3",))
    return {"/sync/v1/base-map": {"get": offers}, "/sync/v1/base-map/{name}": {"get": pack}}


def _a_file(id: str, summary: str, kinds: tuple[str, ...]) -> Door:
    content = dict.fromkeys(kinds, BYTES)
    headers = {"ETag": TEXT, "Cache-Control": TEXT}
    return door(
        id,
        summary,
        {200: answer("The file", content, headers), 206: answer("A range of it", content, headers)},
        tag=TAG,
        security=DEVICE,
        refused=(400, 401, 403, 404, 416),
        parameters=[in_path("name")],
        description="`Range` is understood.",
    )


def _beside() -> dict[str, dict[str, Door]]:
    news = door(
        "news",
        "Be told that there is something new",
        {
            200: answer(
                "Events `new`, without content: a pull tells what", {"text/event-stream": TEXT}
            )
        },
        tag=TAG,
        security=DEVICE,
        refused=(401,),
    )
    trouble = {
        "type": ["string", "null"],
        "enum": ["full", "unwritable", None],
        "description": "Why the last write to the database could not be kept",
    }
    alive = an_object(
        {"ok": {"type": "boolean"}, "protocol": {"type": "integer"}, "trouble": trouble}
    )
    health = door("health", "Is it there?", {200: as_json("It is", alive)}, tag=TAG)
    return {"/sync/v1/events": {"get": news}, "/health": {"get": health}}
