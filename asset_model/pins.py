"""PINs, hashed with a memory-hard function of the standard library, so that tablets can check them.

Scrypt, N = 2^14, r = 8, p = 1: 16 MB and about 50 ms a try on a tablet (RFC 7914). A four-digit
PIN is weak whatever hashes it: what protects it is that attempts are counted, and that a tablet
holds only its own crew's.
"""

from hashlib import scrypt
from hmac import compare_digest

COST, BLOCK, LANES = 2**14, 8, 1


def hash_pin(pin: str, *, salt: bytes) -> str:
    return f"scrypt${COST}${BLOCK}${LANES}${salt.hex()}${_digest(pin, salt, COST, BLOCK, LANES)}"


def verify_pin(pin: str, pin_hash: str) -> bool:
    name, cost, block, lanes, salt, digest = pin_hash.split("$")
    if name != "scrypt":
        return False
    made = _digest(pin, bytes.fromhex(salt), int(cost), int(block), int(lanes))
    return compare_digest(made, digest)


def _digest(pin: str, salt: bytes, cost: int, block: int, lanes: int) -> str:
    return scrypt(pin.encode(), salt=salt, n=cost, r=block, p=lanes, dklen=32).hex()
