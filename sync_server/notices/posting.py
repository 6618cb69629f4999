"""Calling an address that somebody else chose, so that it can be used for nothing but that.

The name is looked up once, what it stands for is checked, and that very address is called: a name
that means another machine a moment later leads nowhere. No redirect is followed, and what comes
back is bounded in size and time.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

ANSWER_BYTES_MAX = 16 * 1024
CALL_LASTS_S = 15.0
"""Name, connection, headers and answer together."""
PORTS = {"http": 80, "https": 443}


TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""Their last four bytes are an address of version 4: a gateway calls that one (RFC 6052, 4291)."""
OF_NO_ONE_OUTSIDE = (
    IPv6Network("64:ff9b:1::/48"),  # A town's own translation (RFC 8215).
    IPv6Network("fec0::/10"),  # Site-local, of old (RFC 3879).
)
"""What Python takes for addresses of the world."""


class Forbidden(Exception):
    """The address is inside a network where callers from outside have no business."""


class Unreachable(Exception):
    """Nobody answered, or not as a web server does."""


@dataclass(frozen=True)
class Target:
    """An address as it may be called."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str) -> Target:
    """:raises ValueError: what is wrong with it"""
    parts: SplitResult = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("an address such as https://example.ca/hook is expected")
    if parts.username or parts.password or parts.fragment:
        raise ValueError("no name, password or fragment may be in the address")
    parts.hostname.encode("idna")  # Whose failure is a ValueError.
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not (path.isascii() and path.isprintable()) or " " in path:
        raise ValueError("the path must be percent-encoded")
    return Target(parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme], path)


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    private: bool,
    lasts_s: float = CALL_LASTS_S,
) -> int:
    """The status of the answer; what it says beyond that is nobody's.

    :raises Forbidden: unless `private`
    :raises Unreachable:
    """
    target = target_of(url)
    try:
        with _line(target, private, lasts_s) as line:
            line.request("POST", target.path, body, dict(headers))
            answer = line.getresponse()
            answer.read(ANSWER_BYTES_MAX)
            return answer.status
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(" ".join(str(error).split())[:200] or type(error).__name__) from None


@contextmanager
def _line(target: Target, private: bool, lasts_s: float) -> Iterator[http.client.HTTPConnection]:
    """A connection that is cut when its time is over, whatever the other side drips into it."""
    address = _checked(target, private)
    sock = socket.create_connection((address, target.port), timeout=lasts_s)
    # A timeout of the socket begins anew with each byte: the cut does not. It has a handle of its
    # own: TLS takes the first one over.
    handle = sock.dup()
    cut = threading.Timer(lasts_s, _hang_up, [handle])
    cut.daemon = True
    cut.start()
    line = http.client.HTTPConnection(target.host, target.port, timeout=lasts_s)
    try:
        if target.scheme == "https":
            trust = ssl.create_default_context()
            sock = trust.wrap_socket(sock, server_hostname=target.host)
        line.sock = sock
        yield line
    finally:
        cut.cancel()
        line.close()
        sock.close()
        handle.close()


def _hang_up(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # It has ended by itself.


def is_plainly_inside(target: Target) -> bool:
    """Whether that can be told without asking for its name: it is an address, however written."""
    if target.host == "localhost" or target.host.endswith(".localhost"):
        return True
    try:
        found = socket.getaddrinfo(target.host, target.port, flags=socket.AI_NUMERICHOST)
    except OSError:
        return False
    return not all(is_public(str(each[4][0])) for each in found)


def _checked(target: Target, private: bool) -> str:
    """Where the name leads: all that it stands for must be out in the world."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not private and not all(is_public(address) for address in addresses):
        raise Forbidden(target.host)
    return addresses[0]


def is_public(address: str) -> bool:
    """Neither this machine, nor a network of its own, nor what only looks like another one."""
    known = ip_address(address.partition("%")[0])
    if isinstance(known, IPv4Address):
        return known.is_global and not known.is_multicast
    if any(known in network for network in OF_NO_ONE_OUTSIDE) or known.is_multicast:
        return False
    inner = known.ipv4_mapped or known.sixtofour
    if any(known in network for network in TRANSLATED):
        inner = IPv4Address(known.packed[-4:])
    return known.is_global and (inner is None or inner.is_global)
