"""Tags for assets: a QR code that a tablet reads without a signal, over the words people read."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.errors import Refused
from asset_model.vocabulary import AssetStatus
from sync_server.papers.printing import Content
from sync_server.papers.spelling import Spelling

SHEET_MAX = 2_000
"""A paper of more would take minutes to set: it is printed class by class."""
ERROR = "q"
"""A quarter of the code may be scratched, muddy or torn, and it still reads."""


def tagged(
    session: Session, tags: Sequence[str], *, class_code: str | None = None
) -> list[tuple[Asset, AssetClass | None]]:
    """The assets named, in that order; or those of a class that stand, by tag.

    :raises Refused: ``tags_unknown``, ``tags_too_many``
    """
    query = select(Asset, AssetClass).outerjoin(AssetClass, AssetClass.code == Asset.class_code)
    if tags:
        query = query.where(Asset.tag.in_(list(tags)))
    if class_code is not None:
        query = query.where(Asset.class_code == class_code, Asset.status != AssetStatus.RETIRED)
    rows = session.execute(query.order_by(Asset.tag).limit(SHEET_MAX + 1)).all()
    missing = sorted(set(tags) - {asset.tag for asset, _ in rows})
    if missing or not rows:
        raise Refused("tags_unknown", tags=", ".join(missing[:5]) or class_code or "–")
    if len(rows) > SHEET_MAX:
        raise Refused("tags_too_many", limit=SHEET_MAX)
    return [(asset, kind) for asset, kind in rows]


def said_in_code(tag: str, address: str | None) -> str:
    """The tag itself, or an address that ends in it, which anybody's phone opens."""
    return f"{address.rstrip('/')}/{tag}" if address else tag


def sheet_content(
    rows: Iterable[tuple[Asset, AssetClass | None]], language: str, *, address: str | None
) -> Content:
    """Labels for the paper `tags`: each code as SVG, with what it is called."""
    spell = Spelling(language)
    return {
        "title": spell.say("Tags of assets", "Étiquettes d’actifs"),
        "language": language,
        "operator": "Voirie",
        "labels": [_label(asset, kind, spell, address) for asset, kind in rows],
    }


def _label(
    asset: Asset, kind: AssetClass | None, spell: Spelling, address: str | None
) -> dict[str, Any]:
    named = spell.say(kind.label_en, kind.label_fr) if kind else asset.class_code
    return {
        "code": svg_of(said_in_code(asset.tag, address)),
        "alt": spell.say(f"QR code of {asset.tag}", f"Code QR de {asset.tag}"),
        "tag": asset.tag,
        "name": asset.name,
        "kind": named,
    }


def svg_of(text: str) -> str:
    return _drawn(text, "svg").decode()


def png_of(text: str) -> bytes:
    """Black on white with its quiet zone, 12 pixels to a square."""
    return _drawn(text, "png")


def _drawn(text: str, kind: str) -> bytes:
    import segno

    out = io.BytesIO()
    segno.make(text, error=ERROR, micro=False).save(out, kind=kind, scale=12, border=4)
    return out.getvalue()
