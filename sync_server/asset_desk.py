"""What follows from papers and pictures that are kept with an asset."""

from asset_model.documents import AssetDocument, check_attaching, check_document
from asset_model.errors import Refused
from asset_model.sync.wire import Columns
from sync_server.feed import Image
from sync_server.workspace import Draft

TABLE = AssetDocument.__tablename__


def check_maker(table: str, columns: Columns, role: str) -> None:
    """:raises Refused: ``document_of_office``"""
    if table == TABLE:
        check_attaching(role, columns)


def of_insert(draft: Draft, table: str, row: str, columns: Columns) -> Columns:
    """:raises Refused: ``bad_value``; ``row_unknown`` until the reading that it shows is here"""
    check_document(columns)
    reading = columns["reading_id"]
    shown = draft.get("meter_reading", reading) if reading else None
    if reading and (shown is None or shown.columns["asset_id"] != columns["asset_id"]):
        raise Refused("row_unknown", row=reading)
    return columns


def of_edit(image: Image, columns: Columns) -> None:
    """:raises Refused: ``bad_value``"""
    check_document(columns)
