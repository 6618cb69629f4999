"""The doors of uploads, as version 1.0.0 of tus words them. Spoken to by hand."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from asset_model.photos import BYTES_MAX
from sync_server import photo_uploads
from tests.photos.rig import House, Tablet, png
from tests.photos.test_pictures import bomb
from tests.photos.wire import Answer, call

PATH = "/photos/uploads"


@dataclass
class Hand:
    """Someone who holds a tablet's token and writes requests by hand."""

    house: House
    sha256: str
    code: str = "T1"
    path: str = ""

    def ask(
        self, method: str, path: str, body: bytes = b"", cut: int | None = None, **more: str
    ) -> Answer:
        headers = {k: v for k, v in self.house.headers(self.code, **more).items() if v}
        return call(self.house.app, method, path, headers, body, cut=cut)

    def begin(self, size: int | str = len(png()), sha256: str | None = None) -> Answer:
        told = base64.b64encode((sha256 or self.sha256).encode()).decode()
        answer = self.ask(
            "POST", PATH, Upload_Length=str(size), Upload_Metadata=f"sha256 {told},filename YQ=="
        )
        self.path = answer.headers.get("location", self.path)
        return answer

    def patch(self, offset: int | str, body: bytes, cut: int | None = None, **more: str) -> Answer:
        told = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": str(offset)}
        return self.ask("PATCH", self.path, body, cut, **(told | more))

    def head(self) -> Answer:
        return self.ask("HEAD", self.path)


@pytest.fixture
def hand(house: House, tablet: Tablet) -> Hand:
    """The row of a small picture is on the server; nothing of its files is."""
    photo = tablet.take(png())
    tablet.sync()
    return Hand(house, photo.sha256)


def offset(answer: Answer) -> str:
    return answer.headers["upload-offset"]


def test_what_is_spoken_is_told_to_anybody(house: House) -> None:
    answer = call(house.app, "OPTIONS", PATH)

    assert answer.status == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation,expiration,checksum,termination"
    assert answer.headers["tus-checksum-algorithm"] == "sha256,sha1"
    assert answer.headers["tus-max-size"] == str(BYTES_MAX)


@pytest.mark.parametrize("version", ["", "0.2.2", "1.0.1"])
def test_another_version_is_refused_by_every_door(hand: Hand, version: str) -> None:
    hand.begin()
    for method, path in [("POST", PATH), ("HEAD", hand.path), ("PATCH", hand.path)]:
        answer = hand.ask(method, path, Tus_Resumable=version)

        assert answer.status == 412
        assert answer.headers["tus-version"] == "1.0.0"


def test_an_upload_is_begun_asked_about_continued_and_finished(hand: Hand) -> None:
    begun = hand.begin()
    asked = hand.head()
    sent = hand.patch(0, png()[:30])
    asked_again = hand.head()
    finished = hand.patch(30, png()[30:])

    assert (begun.status, offset(begun)) == (201, "0")
    assert (asked.status, offset(asked), asked.headers["upload-length"]) == (200, "0", "69")
    assert asked.headers["cache-control"] == "no-store"
    assert (sent.status, offset(sent)) == (204, "30")
    assert offset(asked_again) == "30"
    assert (finished.status, offset(finished)) == (204, "69")
    assert finished.headers["photo-sha256"] == hand.sha256
    assert hand.house.content(hand.sha256) == png()


def test_every_answer_names_the_version(hand: Hand) -> None:
    answers = [hand.begin(), hand.head(), hand.patch(5, b"x"), hand.ask("HEAD", PATH + "/none")]

    assert {answer.headers["tus-resumable"] for answer in answers} == {"1.0.0"}


def test_a_piece_for_another_place_is_told_where_the_upload_stands(hand: Hand) -> None:
    hand.begin()
    hand.patch(0, png()[:30])

    assert hand.patch(0, png()[:30]).status == 409
    assert hand.patch(31, png()[31:]).status == 409
    assert offset(hand.head()) == "30"


def test_a_piece_that_arrives_twice_at_once_is_written_once(hand: Hand) -> None:
    """The first is cut in the middle, and its twin has begun where it began."""
    hand.begin()
    hand.patch(0, png()[:30], cut=10)
    answer = hand.patch(0, png()[:30])

    assert answer.status == 409
    assert offset(hand.head()) == "10"


def test_a_repeated_last_piece_changes_nothing(hand: Hand) -> None:
    hand.begin()
    hand.patch(0, png())

    assert hand.patch(0, png()).status == 409
    assert hand.head().headers["photo-sha256"] == hand.sha256
    assert hand.house.content(hand.sha256) == png()


def test_beginning_again_finds_the_same_upload(hand: Hand) -> None:
    first = hand.begin()
    hand.patch(0, png()[:30])
    second = hand.begin()

    assert first.headers["location"] == second.headers["location"]
    assert offset(second) == "30"


def test_beginning_what_is_here_already_says_so(hand: Hand) -> None:
    hand.begin()
    hand.patch(0, png())
    answer = hand.begin()

    assert (answer.status, offset(answer)) == (201, "69")
    assert answer.headers["photo-sha256"] == hand.sha256


def test_more_than_was_announced_is_refused(hand: Hand) -> None:
    hand.begin()

    assert hand.patch(0, png() + b"x").status == 413
    assert offset(hand.head()) == "0"


@pytest.mark.parametrize(
    ("size", "status"), [(0, 413), (BYTES_MAX + 1, 413), (70, 422), ("x", 400)]
)
def test_a_length_that_cannot_be_is_refused(hand: Hand, size: int | str, status: int) -> None:
    assert hand.begin(size).status == status


@pytest.mark.parametrize("where", ["", "-1", "1e3", "²", "9" * 30])
def test_an_offset_that_is_no_number_is_refused(hand: Hand, where: str) -> None:
    hand.begin()

    assert (
        hand.ask("PATCH", hand.path, b"x", Content_Type="application/offset+octet-stream").status
        == 400
    )


def test_a_piece_of_another_type_is_refused(hand: Hand) -> None:
    hand.begin()

    assert hand.patch(0, png(), Content_Type="image/png").status == 415


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_that_does_not_sum_up_is_dropped(hand: Hand, algorithm: str) -> None:
    hand.begin()
    hand.patch(0, png()[:20])
    right = hashlib.new(algorithm, png()[20:40]).digest()
    wrong = hashlib.new(algorithm, b"else").digest()
    answers = [
        hand.patch(20, png()[20:40], Upload_Checksum=f"{algorithm} {encoded.decode()}")
        for encoded in (base64.b64encode(wrong), base64.b64encode(right))
    ]

    assert [answer.status for answer in answers] == [460, 204]
    assert offset(hand.head()) == "40"


def test_a_sum_of_an_unknown_kind_is_refused(hand: Hand) -> None:
    hand.begin()

    assert hand.patch(0, png(), Upload_Checksum="md5 AAAA").status == 400
    assert hand.patch(0, png(), Upload_Checksum="sha256 ???").status == 400


def test_a_file_that_is_not_what_its_name_says_is_never_seen(hand: Hand) -> None:
    hand.begin()
    answer = hand.patch(0, png(1))

    assert answer.status == 460
    assert hand.head().status == 404
    assert hand.house.stored() == set()
    assert list(hand.house.depot.parts.glob("*.part")) == []


@pytest.mark.parametrize(
    ("data", "status"),
    [(bomb(50_000, 50_000), 413), (b"<svg/>", 415), (png()[:30], 415), ("é".encode("utf-16"), 415)],
    ids=["bomb", "svg", "cut short", "text"],
)
def test_a_file_that_would_hurt_is_refused_when_it_is_whole(
    house: House, tablet: Tablet, data: bytes, status: int
) -> None:
    """A tablet that checks nothing may send what its row names, byte by byte."""
    photo = tablet.attach(data, png(1))
    tablet.sync()
    hand = Hand(house, photo.sha256)
    hand.begin(len(data))

    assert hand.patch(0, data).status == status
    assert photo.sha256 not in house.stored()
    assert list(house.depot.parts.glob("*.part")) == []


def test_an_upload_can_be_ended(hand: Hand) -> None:
    hand.begin()
    hand.patch(0, png()[:30])

    assert hand.ask("DELETE", hand.path).status == 204
    assert hand.head().status == 404
    assert list(hand.house.depot.parts.glob("*.part")) == []


def test_a_proxy_that_knows_post_only_is_no_obstacle(hand: Hand) -> None:
    hand.begin()
    sent = hand.ask(
        "POST",
        hand.path,
        png()[:30],
        X_HTTP_Method_Override="PATCH",
        Content_Type="application/offset+octet-stream",
        Upload_Offset="0",
    )
    ended = hand.ask("POST", hand.path, X_HTTP_Method_Override="DELETE")

    assert (sent.status, offset(sent)) == (204, "30")
    assert ended.status == 204
    assert hand.head().status == 404


def test_an_upload_says_when_it_will_be_given_up_and_is(hand: Hand) -> None:
    begun = hand.begin()
    ends = parsedate_to_datetime(begun.headers["upload-expires"])
    hand.patch(0, png()[:30])
    hand.house.rows.clock.now = ends + timedelta(seconds=1)

    assert hand.head().status == 404

    hand.begin()

    assert offset(hand.head()) == "0"


def test_uploads_under_way_are_bounded(
    hand: Hand, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_uploads, "UNFINISHED_MAX", 1)
    other = tablet.take(png(1), order=3)
    tablet.sync()
    first = hand.begin()
    refused = hand.begin(sha256=other.sha256)

    assert first.status == 201
    assert refused.status == 429
    assert refused.headers["retry-after"] == "60"


def test_the_last_of_the_disk_is_kept_for_the_rows(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_uploads, "ROOM_KEPT_BYTES", 1 << 60)

    assert hand.begin().status == 507


@pytest.mark.parametrize("told", ["", "sha256", "sha256 !!", "other YQ=="])
def test_an_upload_without_a_name_is_refused(hand: Hand, told: str) -> None:
    answer = hand.ask("POST", PATH, Upload_Length="69", Upload_Metadata=told)

    assert answer.status in (400, 404)
