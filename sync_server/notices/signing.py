"""Signatures of webhooks, as Standard Webhooks 1.0 has them: HMAC-SHA256 under a shared secret.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers_of(id: str, at: datetime, body: bytes, keys: Iterable[str]) -> dict[str, str]:
    """`id` stays the same however often a call is repeated; each key signs beside the others."""
    stamp = str(int(at.timestamp()))
    signed = f"{id}.{stamp}.".encode() + body
    return {
        "webhook-id": id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(_signature(key, signed) for key in keys),
    }


def _signature(key: str, signed: bytes) -> str:
    secret = base64.b64decode(key.removeprefix(PREFIX))
    return f"v1,{base64.b64encode(hmac.new(secret, signed, 'sha256').digest()).decode()}"
