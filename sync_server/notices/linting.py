"""The town's letters looked at before a citizen does: what is wrong, in which file and line."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from sync_server.notices.filling import HOLDS, holds
from sync_server.notices.letters import (
    COMMON,
    GAPS,
    LAYOUT,
    SUFFIX,
    BadLetter,
    environment,
    parted,
)

OF_LAYOUT = frozenset({"language", "subject", "body", "footer", "town"})
HAS_NO_SUBJECT = ("footer",)


def faults(folder: Path) -> Iterator[str]:
    """One line for each fault of the letters under `folder`: ``file:line: what is wrong``."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            yield from _of_file(folder, file)


def _of_file(folder: Path, file: Path) -> Iterator[str]:
    name = file.relative_to(folder).as_posix()
    if name == HOLDS:
        yield from _of_holds(file)
        return
    known = _gaps_of(name)
    if known is None:
        yield f"{file}:1: no letter is called so; known: {', '.join(sorted(GAPS))}"
        return
    try:
        text = file.read_text("utf-8-sig")
        tree = environment().parse(text, name, str(file))
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        yield f"{file}:{line}: this is not UTF-8"
        return
    except TemplateSyntaxError as error:
        yield f"{file}:{error.lineno}: {error.message}"
        return
    wrong = list(_unknown(tree, known))
    yield from (f"{file}:{line}: “{gap}” is not known here; known: {told(known)}"
                for line, gap in wrong)  # fmt: skip
    if not wrong and name != LAYOUT:
        yield from _as_filled(folder, file, text)


def _of_holds(file: Path) -> Iterator[str]:
    try:
        holds(file.parent)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, BadLetter) as error:
        yield f"{file}: {error}"


def told(known: frozenset[str]) -> str:
    return ", ".join(sorted(known))


def _gaps_of(name: str) -> frozenset[str] | None:
    if name == LAYOUT:
        return OF_LAYOUT
    language, _, last = name.partition("/")
    kind = last.removesuffix(SUFFIX)
    return GAPS.get(kind) if last.endswith(SUFFIX) and language else None


def _unknown(tree: nodes.Template, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Names that are read and were not set in the file itself."""
    names = list(tree.find_all(nodes.Name))
    set_here = {name.name for name in names if name.ctx in ("store", "param")}
    for name in names:
        if name.ctx == "load" and name.name not in known | set_here:
            yield name.lineno, name.name


def _as_filled(folder: Path, file: Path, text: str) -> Iterator[str]:
    """What only shows when the gaps are full."""
    kind = file.name.removesuffix(SUFFIX)
    gaps = sample(kind, file.parent.name)
    try:
        filled = environment().from_string(text).render(gaps)
        if kind not in HAS_NO_SUBJECT:
            parted(filled, str(file))
    except BadLetter as error:
        yield str(error)
    except (TemplateError, TypeError, ArithmeticError) as error:
        yield f"{file}:1: {error}"


_LINKS = {
    "link": "https://311.example.ca/311/…",
    "confirm_link": "https://311.example.ca/311/mail/confirm/…",
    "stop_link": "https://311.example.ca/311/mail/stop/…",
}
_EVERYWHERE = {
    "town": "Val-des-Pins",
    "contact": "311",
    "report": "REQ-2026-000012",
    "incident": "INC-2026-000009",
    "place": "208, rue des Cèdres",
    **_LINKS,
}
SAMPLES = {
    "fr": {
        "service": "Nid-de-poule",
        "status": "Quelqu’un de la Ville étudie ce signalement.",
        "answer": "Bouché à chaud ce matin.",
        "hold": "Nous attendons du matériel.",
        "fix_by": "3 décembre 2026",
        "acknowledge_by": "27 novembre 2026",
        "confirm_by": "29 novembre 2026, 8\u00a0h\u00a003",
    },
    "en": {
        "service": "Pothole",
        "status": "Somebody at the town is looking into this report.",
        "answer": "Filled this morning, hot mix.",
        "hold": "We are waiting for material.",
        "fix_by": "December 3, 2026",
        "acknowledge_by": "November 27, 2026",
        "confirm_by": "November 29, 2026, 08:03",
    },
}


def sample(kind: str, language: str) -> dict[str, str]:
    """Something in every gap of this letter."""
    full = _EVERYWHERE | SAMPLES.get(language, SAMPLES["en"])
    return {name: full[name] for name in GAPS.get(kind, COMMON)}
