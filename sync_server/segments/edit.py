"""An edit of segments: which assets become which, and where an order on them is then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from asset_model.assets import Asset
from asset_model.linear.stretches import Heir, Side, Stretch, reanchored
from asset_model.work_orders import WorkOrder


@dataclass(frozen=True)
class Edit:
    """Which assets become which: by tag where each stretch goes, and the id of each new one."""

    olds: Sequence[Asset]
    heirs: Sequence[Heir]
    ids: Mapping[str, str]
    all_orders: bool = False
    """Finished work too: the old asset goes on being itself, or the edit is taken back."""

    def stays(self, asset: Asset) -> bool:
        """It is turned or redrawn, and goes on being itself."""
        return self.ids.get(asset.tag) == asset.id

    def longest(self, asset: Asset) -> str | None:
        """The tag of what has most of an old asset."""
        mine = [heir for heir in self.heirs if heir.old == asset.tag]
        return max(mine, key=lambda h: h.old_to_m - h.old_from_m).new if mine else None

    def shares(self, new: str) -> list[tuple[Asset, float]]:
        """What a new asset is made of, and how many metres of each."""
        by_tag = {old.tag: old for old in self.olds}
        return [
            (by_tag[heir.old], heir.old_to_m - heir.old_from_m)
            for heir in self.heirs
            if heir.new == new and heir.old in by_tag
        ]


def placed(order: WorkOrder, tag: str, length_m: float, edit: Edit) -> dict[str, object]:
    """Where an order is now; one that crosses a cut goes where the longest part of it is."""
    stays = edit.ids.get(tag) == order.asset_id
    if order.from_m is None and stays:
        return {}
    start = order.from_m or 0.0
    end = (length_m if order.from_m is None else start) if order.to_m is None else order.to_m
    side = cast(Side, order.side if order.side in ("left", "right") else "both")
    found = reanchored(Stretch(tag, start, max(start, end), side), edit.heirs)
    if not found:
        return {}
    best = max(found, key=lambda stretch: stretch.to_m - stretch.from_m)
    return {
        "asset_id": edit.ids[best.segment],
        "from_m": round(best.from_m, 2),
        "to_m": round(best.to_m, 2) if order.to_m is not None or order.from_m is None else None,
        "side": order.side if best.side == "both" else best.side,
    }
