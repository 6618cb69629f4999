"""Noticing that this tablet has come to another network, without asking anybody on it."""

import socket

ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses of documentation (RFC 5737, RFC 3849): on no network, so the way out is told."""

Whereabouts = tuple[str | None, ...]


def whereabouts() -> Whereabouts:
    """Our own addresses on the way out; they are others, or none, on another network.

    Nothing is sent: joining a datagram socket looks up the way and no more.
    """
    return tuple(_own_address(family, host) for family, host in ELSEWHERE)


def _own_address(family: socket.AddressFamily, host: str) -> str | None:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((host, 9))
            address: str = probe.getsockname()[0]
            return address
    except OSError:
        return None  # No way out by this protocol.
