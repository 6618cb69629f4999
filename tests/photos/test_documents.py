"""Papers of an asset go from the office to a tablet as photos do, and nothing else does."""

from collections.abc import Iterator

import pytest

from asset_model.documents import AssetDocument
from asset_model.errors import Refused
from field_app.actions import documents
from field_app.store import photos as queue
from field_app.store.local import FileState
from tests.photos.rig import House, Tablet, encoded, noise, png
from tests.sync import town
from tests.sync.town import BOSS, LUC

STREET = town.named("street", "1")
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"


@pytest.fixture
def office(house: House, tablet: Tablet) -> Iterator[Tablet]:
    made = Tablet(house, tablet.folder.with_name("office"), code="B1")
    made.sync()
    yield made
    made.stop()


def attach(office: Tablet, data: bytes = PDF, kind: str = "plan", by: str = BOSS) -> AssetDocument:
    kept = documents.keep(data, office.disk.root)
    with office.database.writing() as session:
        return documents.attach(
            session, STREET, kept, by=office.by(by), kind=kind, title="Plan tel que construit"
        )


def bring(tablet: Tablet, document: AssetDocument, *, pinned: bool) -> None:
    with tablet.database.writing() as session:
        documents.bring(session, document.id, pinned=pinned, here=False)


def test_a_plan_reaches_a_tablet_once_somebody_there_asks_for_it(
    house: House, office: Tablet, tablet: Tablet
) -> None:
    plan = attach(office)
    office.sync()
    office.send()
    tablet.sync()
    tablet.send()
    assert not tablet.disk.holds(plan.sha256, plan.byte_size)

    bring(tablet, plan, pinned=True)
    tablet.send()

    assert house.stored() == {plan.sha256}
    assert tablet.disk.is_sound(plan.sha256)
    assert tablet.file(plan.sha256).state == FileState.FETCHED


def test_what_is_pinned_is_not_given_up_for_newer_files(
    office: Tablet, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned, other = attach(office), attach(office, PDF + b"\n%%EOF", "manual")
    office.sync()
    office.send()
    tablet.sync()
    bring(tablet, pinned, pinned=True)
    bring(tablet, other, pinned=False)
    tablet.send()
    monkeypatch.setattr(queue, "FETCHED_BYTES_MAX", 100)

    with tablet.database.writing() as session:
        assert queue.free(session, now=tablet.clock()) == [other.sha256]


def test_a_picture_has_its_thumbnail_beside_it(
    house: House, office: Tablet, tablet: Tablet
) -> None:
    picture = attach(office, encoded(noise(120, 90), "JPEG"))
    office.sync()
    office.send()

    assert picture.thumbnail_sha256 is not None
    assert house.stored() == {picture.sha256, picture.thumbnail_sha256}


def test_no_photo_of_work_is_a_pdf(house: House, tablet: Tablet) -> None:
    photo = tablet.attach(PDF, encoded(noise(64, 48), "JPEG"))
    tablet.sync()
    tablet.send()

    assert photo.sha256 not in house.stored()
    assert tablet.file(photo.sha256).code == "photo_unreadable"


@pytest.mark.parametrize("data", [b"MZ\x90\x00", b"%PDF-1.7 cut short", b""])
def test_what_is_neither_a_pdf_nor_a_picture_is_not_kept(office: Tablet, data: bytes) -> None:
    with pytest.raises(Refused, match="document_unreadable"):
        documents.keep(data, office.disk.root)


def test_a_file_that_is_too_large_says_how_large(
    office: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "BYTES_MAX", 2 * documents.MB)

    with pytest.raises(Refused) as refused:
        documents.keep(bytes(3 * documents.MB), office.disk.root)
    assert refused.value.sentence("fr") == (
        "Ce fichier fait 3\u00a0Mo\u00a0; un document fait au plus 2\u00a0Mo."
    )


def test_a_crew_attaches_no_plan(tablet: Tablet) -> None:
    with pytest.raises(Refused, match="document_of_office"):
        attach(tablet, png(), by=LUC)
