"""What a change that stands asks for beyond its own row, in the same transaction."""

from asset_model.sync.wire import Change
from sync_server import out_of_turn, repairs
from sync_server.decide import Maker
from sync_server.intake import following as incidents
from sync_server.notices import queueing
from sync_server.workspace import Draft


def follow(draft: Draft, change: Change, maker: Maker) -> None:
    """:raises Refused: when what it asks for may not be"""
    repairs.follow(draft, change, maker)
    incidents.follow(draft, change, maker)
    out_of_turn.follow(draft, change, maker)
    queueing.watch(draft, change)
