"""The doors of photos: handed in by tus 1.0.0, fetched by the hash of their bytes."""

from typing import Any

from asset_model.photos import BYTES_MAX
from sync_server.definition.parts import (
    BYTES,
    DEVICE,
    TEXT,
    Door,
    Schema,
    answer,
    door,
    in_header,
    in_path,
)
from sync_server.http import tus

TAG = "photos"
_TOLD: dict[str, Schema] = {"Tus-Resumable": {"type": "string", "const": tus.VERSION}}
_OFFSET: dict[str, Schema] = {**_TOLD, "Upload-Offset": TEXT, "Upload-Expires": TEXT}
_VERSION = in_header("Tus-Resumable", {"type": "string", "enum": [tus.VERSION]}, required=True)
_UPLOAD = in_path("id")
_NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}
_OF_ALL = (400, 401, 404, 412)


def doors() -> dict[str, dict[str, Door]]:
    return {
        "/photos/uploads": {"options": _options(), "post": _begin()},
        "/photos/uploads/{id}": {
            "head": _standing(),
            "patch": _piece(),
            "post": _piece_by_post(),
            "delete": _give_up(),
        },
        "/photos/{sha256}": {"get": _photo()},
    }


def _options() -> Door:
    told = {**_TOLD, "Tus-Version": TEXT, "Tus-Extension": TEXT, "Tus-Max-Size": TEXT}
    return _door("tusOptions", "What is spoken here", {204: answer("In headers", headers=told)}, ())


def _begin() -> Door:
    size = {"type": "integer", "minimum": 1, "maximum": BYTES_MAX}
    sha256 = {"type": "string", "pattern": r"^sha256 [A-Za-z0-9+/]{86}==$"}
    return _door(
        "beginUpload",
        "Begin to hand in a photo",
        {201: answer("It may come", headers={**_OFFSET, "Location": TEXT})},
        (400, 401, 404, 412, 413, 415, 429),
        parameters=[
            _VERSION,
            in_header("Upload-Length", size, required=True),
            in_header("Upload-Metadata", sha256, "`sha256` of the whole, in base64", required=True),
        ],
    )


def _standing() -> Door:
    told = answer("So far", headers={**_OFFSET, "Upload-Length": TEXT})
    return _door("standingOfUpload", "How far it is", {200: told}, _OF_ALL, [_VERSION, _UPLOAD])


def _piece() -> Door:
    checksum = in_header("Upload-Checksum", TEXT, f"{' or '.join(tus.ALGORITHMS)}, and base64")
    return _door(
        "handInPiece",
        "Hand in a piece",
        {204: answer("It is on disk", headers=_OFFSET)},
        (*_OF_ALL, 409, 413, 415, 460),
        parameters=[
            _VERSION,
            _UPLOAD,
            in_header("Upload-Offset", _NUMBER, required=True),
            checksum,
        ],
        body={"required": True, "content": {tus.PIECE_TYPE: {"schema": BYTES}}},
    )


def _piece_by_post() -> Door:
    override = in_header(
        "X-HTTP-Method-Override", {"type": "string", "enum": ["PATCH", "DELETE"]}, required=True
    )
    whole = {**_piece(), "operationId": "handInPieceByPost"}
    whole["summary"] = "The same, for proxies that let no PATCH or DELETE through"
    whole["parameters"] = [override, *whole["parameters"]]
    return whole


def _give_up() -> Door:
    told = {204: answer("It is forgotten", headers=_TOLD)}
    return _door("giveUpUpload", "Give it up", told, _OF_ALL, [_VERSION, _UPLOAD])


def _photo() -> Door:
    headers = {"ETag": TEXT, "Accept-Ranges": TEXT, "Cache-Control": TEXT}
    pictures = dict.fromkeys(("image/jpeg", "image/png", "image/webp"), BYTES)
    return _door(
        "fetchPhoto",
        "A photo that a row in sight of this device names",
        {
            200: answer("The file", pictures, headers),
            206: answer("A range of it", pictures, headers),
            304: answer("As it is held already", headers=headers),
            416: answer("Nothing lies in this range", headers=headers),
        },
        (401, 404),
        parameters=[in_path("sha256")],
    )


def _door(
    id: str, summary: str, answers: dict[int, Schema], refused: tuple[int, ...],
    parameters: list[Schema] | None = None, body: dict[str, Any] | None = None,
) -> Door:  # fmt: skip
    return door(
        id,
        summary,
        answers,
        tag=TAG,
        refused=refused,
        security=DEVICE if 401 in refused else None,
        parameters=parameters or (),
        body=body,
    )
