"""What a stage costs: its time, the processor's, memory at most, bytes on the wire. Linux only."""

import os
import socket
import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from urllib3.util import connection

TICKS_PER_S = os.sysconf("SC_CLK_TCK")
TCP_INFO_BYTES, SENT_AND_RECEIVED = 232, 120
"""Linux's `struct tcp_info`: where `tcpi_bytes_acked` and `tcpi_bytes_received` lie in it."""


class Wire:
    """All that this process says and hears over TCP, headers included, as the kernel counts it."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        connect: Callable[..., socket.socket] = connection.create_connection

        def counted(*given: Any, **more: Any) -> socket.socket:
            made = connect(*given, **more)
            self._sockets.append(made.dup())  # It tells its count after the caller has closed it.
            return made

        connection.create_connection = counted

    def bytes(self) -> int:
        return sum(sum(_moved(one)) for one in self._sockets)


def _moved(one: socket.socket) -> tuple[int, int]:
    info = one.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, TCP_INFO_BYTES)
    sent, received = struct.unpack_from("QQ", info, SENT_AND_RECEIVED)
    return sent, received


def measured(stage: Callable[[], int], wire: Wire) -> dict[str, Any]:
    """Run the stage in this process; its figures. `rows`: what the stage says it moved."""
    bytes_before, began, began_cpu = wire.bytes(), perf_counter(), process_time()
    rows = stage()
    took, cpu = perf_counter() - began, process_time() - began_cpu
    return {
        "s": took,
        "cpu_s": cpu,
        "bytes": wire.bytes() - bytes_before,
        "peak_mb": peak_mb(),
        "rows": rows,
    }


def peak_mb(pid: int | str = "self") -> int:
    """The most memory that the process has held. `ru_maxrss` would count its parent's as well."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def cpu_s(pids: Iterable[int]) -> float:
    """Processor time that these processes have used so far; to a hundredth of a second."""
    return sum(map(_ticks, pids)) / TICKS_PER_S


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def family_cpu_s(pid: int) -> float:
    """Of a process, the children it has, and those that have ended."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ended = (int(fields[13]) + int(fields[14])) / TICKS_PER_S
    return cpu_s([pid, *map(int, children)]) + ended
