"""PINs are kept as memory-hard hashes."""

from hashlib import scrypt

import pytest

from asset_model.pins import hash_pin, verify_pin

HASH = hash_pin("2580", salt=b"0123456789abcdef")


def test_the_right_pin_is_known_by_its_hash() -> None:
    assert verify_pin("2580", HASH)


@pytest.mark.parametrize("pin", ["2581", "258", "25800", "", " 2580", "２５８０"])
def test_any_other_pin_is_not(pin: str) -> None:
    assert not verify_pin(pin, HASH)


def test_the_hash_says_scrypt_at_16_mb_with_its_salt() -> None:
    name, cost, block, lanes, salt, digest = HASH.split("$")

    assert (name, int(cost), int(block), int(lanes)) == ("scrypt", 2**14, 8, 1)
    assert 128 * int(cost) * int(block) == 16 * 1024 * 1024
    assert bytes.fromhex(salt) == b"0123456789abcdef"
    assert len(bytes.fromhex(digest)) == 32


def test_one_pin_with_two_salts_has_two_hashes() -> None:
    assert hash_pin("2580", salt=b"another salt") != HASH


def test_a_hash_keeps_the_cost_it_was_made_with() -> None:
    cheap = "scrypt$2$1$1$73$" + scrypt(b"1", salt=b"s", n=2, r=1, p=1, dklen=32).hex()

    assert verify_pin("1", cheap)


def test_a_hash_of_a_kind_we_do_not_know_opens_nothing() -> None:
    assert not verify_pin("2580", HASH.replace("scrypt", "plain"))
