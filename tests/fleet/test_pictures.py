"""Pictures of a defect, taken before its repair order is known."""

from pathlib import Path

from asset_model.fleet import Defect
from asset_model.fleet_rules import repair_order_id
from asset_model.photos import Photo
from field_app.actions.photos import attach_to_defect, keep
from tests.fleet.garage import WIPER, checked
from tests.photos.rig import png
from tests.sync.rig import Server, Tablet


def pictured(tablet: Tablet, folder: Path) -> Photo:
    (defect,) = tablet.all(Defect)
    photo: Photo = tablet.do(attach_to_defect, defect.id, keep(png(), folder))
    return photo


def test_a_picture_taken_offline_reaches_the_repair_order(
    server: Server, tablet: Tablet, shop: Tablet, tmp_path: Path
) -> None:
    checked(tablet, WIPER)
    photo = pictured(tablet, tmp_path / "photos")

    tablet.sync()
    shop.sync()

    (defect,) = server.rows(Defect)
    assert photo.work_order_id == repair_order_id(defect.id) == defect.repair_order_id
    assert [(row.id, row.moment) for row in shop.all(Photo)] == [(photo.id, "defect")]
    assert set(tablet.states()) == {"settled"}


def test_the_same_picture_twice_is_one(tablet: Tablet, tmp_path: Path) -> None:
    checked(tablet, WIPER)

    assert pictured(tablet, tmp_path / "p").id == pictured(tablet, tmp_path / "p").id
