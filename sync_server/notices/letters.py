"""Letters: what is written to citizens, as files that a town may replace one by one.

A folder per language, a file per kind. The first line of a file is its subject; a line that is
``[words](address)`` alone is a link. Under `FOLDER/fr/received.txt` lies the town's own; what is
not there, or cannot be used, is ours.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment

from sync_server.notices.tables import Kind

log = logging.getLogger(__name__)

OURS = Path(__file__).parent / "letters"
SUFFIX = ".txt"
FALLBACK = "fr"
FOOTER, LAYOUT = "footer", "layout.html"
SUBJECT = re.compile(r"(?:Objet|Subject)\s*:\s*(\S.*)")
_LINK = re.compile(r"\[([^\]]+)\]\((\S+)\)\Z")

COMMON = frozenset({"town", "contact", "stop_link"})
OF_REPORT = COMMON | {
    *("service", "report", "incident", "place", "status", "answer", "link"),
    *("fix_by", "acknowledge_by"),
}
GAPS: dict[str, frozenset[str]] = {
    **{kind: OF_REPORT for kind in Kind if kind is not Kind.OPENED},
    Kind.ON_HOLD: OF_REPORT | {"hold"},
    Kind.CONFIRM: OF_REPORT | {"confirm_link", "confirm_by"},
    Kind.TEST: COMMON,
    FOOTER: COMMON,
}
"""By name of the file: what may stand in it between braces."""


class BadLetter(Exception):
    """What is wrong, with the file and the line."""


@dataclass(frozen=True)
class Words:
    """A letter that is filled in."""

    subject: str
    text: str
    html: str


class _Files(BaseLoader):
    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Any]:
        for folder in self._folders:
            file = folder / template
            if file.is_file():
                return file.read_text("utf-8-sig"), str(file), lambda: True
        raise TemplateNotFound(template)


@dataclass(frozen=True)
class Letters:
    """`folder` is the town's own; None: ours alone."""

    folder: Path | None = None

    @property
    def languages(self) -> list[str]:
        """Those in which there is a folder, the town's own included."""
        found = {each.name for root in self._folders for each in root.iterdir() if each.is_dir()}
        return sorted(found)

    def written(self, kind: str, language: str, gaps: Mapping[str, Any]) -> Words:
        """The letter of this kind. A file of the town's that cannot be used never stops one."""
        try:
            return self._written(self._environment, kind, language, gaps)
        except (TemplateError, BadLetter, OSError, UnicodeDecodeError) as error:
            if self.folder is None:
                raise
            log.error("the town's letter %s/%s cannot be used: %s", language, kind, error)
            return Letters().written(kind, language, gaps)

    def strictly(self, kind: str, language: str, gaps: Mapping[str, Any]) -> Words:
        """:raises TemplateError, BadLetter: where the town's own cannot be used"""
        return self._written(self._environment, kind, language, gaps)

    @property
    def _folders(self) -> tuple[Path, ...]:
        own = (self.folder,) if self.folder is not None and self.folder.is_dir() else ()
        return (*own, OURS)

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        return environment(_Files(self._folders))

    def _written(
        self, known: SandboxedEnvironment, kind: str, language: str, gaps: Mapping[str, Any]
    ) -> Words:
        spoken = language if language in self.languages else FALLBACK
        filled = known.get_template(f"{spoken}/{kind}{SUFFIX}").render(gaps)
        subject, body = parted(filled, f"{spoken}/{kind}{SUFFIX}")
        footer = known.get_template(f"{spoken}/{FOOTER}{SUFFIX}").render(gaps)
        layout = known.get_template(LAYOUT)
        html = layout.render(
            language=spoken, subject=escape(subject), body=_html(body), footer=_html(footer),
            town=escape(str(gaps["town"])),
        )  # fmt: skip
        return Words(subject, f"{_plain(body)}\n\n-- \n{_plain(footer)}\n", html)


def environment(loader: BaseLoader | None = None) -> SandboxedEnvironment:
    """Sandboxed: a letter says words, and does nothing. Text, so nothing is escaped here."""
    return SandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,
    )


def parted(text: str, name: str) -> tuple[str, str]:
    """The subject and the body.

    :raises BadLetter: where the first line is no subject, or nothing follows it
    """
    first, _, body = text.lstrip().partition("\n")
    found = SUBJECT.fullmatch(first.strip())
    if found is None:
        raise BadLetter(f"{name}:1: the first line must be “Subject: …” (“Objet : …”)")
    if not body.strip():
        raise BadLetter(f"{name}:2: there is nothing under the subject")
    return found[1].strip(), body.strip()


def _paragraphs(body: str) -> list[list[str]]:
    blocks = re.split(r"\n\s*\n", body.strip())
    return [[line.strip() for line in block.splitlines() if line.strip()] for block in blocks]


def _plain(body: str) -> str:
    return "\n\n".join(
        "\n".join(_LINK.sub(r"\1\n\2", line) for line in block) for block in _paragraphs(body)
    )


def _html(body: str) -> str:
    return "\n".join(f"<p>{'<br>'.join(map(_line, block))}</p>" for block in _paragraphs(body))


def _line(line: str) -> str:
    link = _LINK.fullmatch(line)
    if link is None:
        return escape(line)
    return f'<a href="{escape(link[2])}">{escape(link[1])}</a>'
