"""How old the base map on this machine is, and why a newer one may not come."""

from field_app.ui.sitting import Sitting

MEGABYTE = 1_000_000


def told(sitting: Sitting) -> list[str]:
    """For the page of synchronization; nothing where this replica keeps no map."""
    tiles, say = sitting.workplace.tiles, sitting.say
    if tiles is None:
        return []
    packs, lines = list(tiles.base_map.packs.values()), []
    if packs:
        at = sitting.when(max(pack.made_at for pack in packs))
        size = round(sum(pack.bytes for pack in packs) / MEGABYTE, 1)
        lines.append(say("Base map: {at}, {size} MB.", at=at, size=size))
    else:
        lines.append(say("Base map: none yet. It comes after everything else."))
    if tiles.base_map.trouble == "disk_full":
        lines.append(
            say("There is no room here for the new base map. Your work goes on; free some space.")
        )
    return lines
