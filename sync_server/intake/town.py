"""What 311 says of the town itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Town:
    """`public_url` is where citizens reach this server; empty: where the request came in."""

    name: str = "Val-des-Pins"
    contact: str = ""
    jurisdiction: str = ""
    public_url: str = ""
