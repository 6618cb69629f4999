"""On which line of a TOML file a key stands: the reader of the language does not tell.

What is looked for is where people put it: below its header, or within a table on one line. Where
that does not find it, no line is told rather than a wrong one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gis.problems import Problem

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(#.*)?$")
_NTH = re.compile(r"([\w-]+) (\d+)\b")
_IN_PARENTHESES = re.compile(r" \([^)]*\)")


def located(problems: Iterable[Problem], text: str) -> list[Problem]:
    """The same, whose file is told as compilers tell it: ``regles.toml:12``."""
    lines = text.splitlines()
    return [_located(problem, lines) for problem in problems]


def _located(problem: Problem, lines: Sequence[str]) -> Problem:
    line = line_of(lines, problem.details["key"]) if "key" in problem.details else None
    if line is None:
        return problem
    title = f"{problem.details['mapping']}:{line}"
    return replace(problem, details={**problem.details, "mapping": title})


def line_of(lines: Sequence[str], key: str) -> int | None:
    """The line of a key as problems name it: ``rule 2 (Nord).when.zone``, ``calendars.x.from``."""
    names = _IN_PARENTHESES.sub("", key, count=1).split(".")
    if nth := _NTH.fullmatch(names[0]):
        headers = [n for n, header in _headers(lines) if header == nth[1]]
        if int(nth[2]) > len(headers):
            return None
        return _within(lines, headers[int(nth[2]) - 1], names[-1])
    for size in range(len(names), 0, -1):
        table = ".".join(names[:size])
        if at := next((n for n, header in _headers(lines) if _plain(header) == table), None):
            return _within(lines, at, names[-1])
    return _key_line(lines, range(1, _end(lines, 0) + 1), names[-1])


def _within(lines: Sequence[str], header: int, name: str) -> int:
    """The line of the key below this header; that of the header where the key is not there."""
    return _key_line(lines, range(header, _end(lines, header) + 1), name) or header


def _key_line(lines: Sequence[str], among: range, name: str) -> int | None:
    wanted = re.compile(rf"(?:^|[\s.{{,\"']){re.escape(name)}[\"']?\s*(?:=|\.\w)")
    return next((n for n in among if wanted.search(lines[n - 1].partition("#")[0])), None)


def _headers(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if found := _HEADER.match(line):
            yield number, found[1]


def _end(lines: Sequence[str], header: int) -> int:
    """The last line before the next header; `header` 0: of the top of the file."""
    return next((n - 1 for n, _ in _headers(lines) if n > header), len(lines))


def _plain(header: str) -> str:
    return header.replace('"', "").replace("'", "").replace(" ", "")
