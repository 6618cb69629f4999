"""One contract for every place where photos are kept: a folder, and a bucket that speaks S3."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from sync_server.photo_depot import Depot, open_depot
from sync_server.photo_store import FolderStore
from tests.photos.rig import House, Tablet, encoded, noise

BUCKET = "photos-voirie"
DATA = bytes(range(256)) * 3_000
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a server that speaks S3, on the loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The place of an empty bucket there."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tests")
    client = boto3.client("s3", endpoint_url=s3, region_name="ca-central-1")
    for name in client.list_buckets()["Buckets"]:
        for kept in client.list_objects_v2(Bucket=name["Name"]).get("Contents", ()):
            client.delete_object(Bucket=name["Name"], Key=kept["Key"])
        client.delete_bucket(Bucket=name["Name"])
    where = {"LocationConstraint": "ca-central-1"}
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where)
    client.close()
    return f"s3://{BUCKET}/town/north?endpoint={s3}"


@pytest.fixture(params=["folder", "bucket"])
def depot(request: pytest.FixtureRequest, tmp_path: Path) -> Depot:
    place = request.getfixturevalue("bucket") if request.param == "bucket" else ""
    return open_depot(place, tmp_path)


def put(depot: Depot, data: bytes = DATA, name: str = NAME) -> None:
    draft = depot.parts / "draft"
    draft.write_bytes(data)
    depot.store.put(name, draft)


def test_what_is_put_is_there_whole_and_by_parts(depot: Depot) -> None:
    put(depot)

    assert depot.store.size(NAME) == len(DATA)
    assert b"".join(depot.store.read(NAME, 0, len(DATA))) == DATA
    assert b"".join(depot.store.read(NAME, 300_000, 600_001)) == DATA[300_000:600_001]


def test_what_was_not_put_is_not_there(depot: Depot) -> None:
    assert depot.store.size(NAME) is None
    with pytest.raises(FileNotFoundError):
        depot.store.read(NAME, 0, 5)


def test_putting_it_again_is_harmless(depot: Depot) -> None:
    put(depot)
    put(depot)

    assert list(depot.names()) == [NAME]


def test_the_draft_is_the_stores_once_it_is_put(depot: Depot) -> None:
    put(depot)

    assert not (depot.parts / "draft").exists()


def test_every_name_is_listed(depot: Depot) -> None:
    names = {hashlib.sha256(bytes([n])).hexdigest(): bytes([n]) for n in range(20)}
    for name, data in names.items():
        put(depot, data, name)

    assert set(depot.names()) == set(names)


@pytest.mark.parametrize("name", ["", "../draft", "AB" * 32, "ab" * 31 + "/."])
def test_a_name_that_is_no_hash_is_never_looked_for(depot: Depot, name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        depot.store.size(name)
    with pytest.raises(ValueError, match="not the name"):
        put(depot, name=name)


def test_a_backup_reads_what_a_restored_server_keeps(depot: Depot, tmp_path: Path) -> None:
    put(depot)
    restored = open_depot("", tmp_path / "restored")
    with depot.open(NAME) as content:
        restored.keep(NAME, content)

    assert b"".join(restored.store.read(NAME, 0, len(DATA))) == DATA


def test_a_backup_that_was_spoilt_is_not_kept(depot: Depot) -> None:
    put(depot)
    with depot.open(NAME) as content, pytest.raises(ValueError, match="not what its name says"):
        depot.keep("ab" * 32, content)


def test_a_folder_of_its_own_keeps_photos_outside_the_data(tmp_path: Path) -> None:
    depot = open_depot(str(tmp_path / "elsewhere"), tmp_path / "data")
    put(depot)

    assert isinstance(depot.store, FolderStore)
    assert depot.store.path(NAME).is_relative_to(tmp_path / "elsewhere")
    assert not (tmp_path / "data").exists()


def test_a_photo_goes_from_a_tablet_into_a_bucket_and_back(
    house: House, tablet: Tablet, bucket: str, tmp_path: Path
) -> None:
    house.depot = open_depot(bucket, tmp_path)
    house.start()
    tablet.wire.app = house.app
    data = encoded(noise(300, 200), "JPEG", quality=95)
    photo = tablet.take(data)
    tablet.sync()
    tablet.send()
    tablet.stop()
    other = Tablet(house, tmp_path / "office", code="B1")
    other.sync()
    other.want(photo, thumbnail=False)
    other.send()
    other.stop()

    assert other.disk.path(photo.sha256).read_bytes() == data
    assert sorted(house.depot.names()) == sorted([photo.sha256, photo.thumbnail_sha256])
    assert list(house.depot.parts.glob("*.part")) == []
