"""What stands in the gaps of a letter: the facts of its notice, spelled in its language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from asset_model.incident_words import status_sentence
from sync_server.fleet_facts import moment
from sync_server.intake.town import Town
from sync_server.notices.letters import OURS, BadLetter
from sync_server.notices.tables import Kind, Notice
from sync_server.notices.tokens import STOPS_FOR, Purpose, Tokens
from sync_server.papers.spelling import Spelling

HOLDS = "holds.toml"
PLACE_MAX = 200


@dataclass(frozen=True)
class Filling:
    """`town.public_url` is where citizens reach the public page."""

    town: Town
    tokens: Tokens
    holds: Mapping[str, Mapping[str, str]]

    def gaps(self, notice: Notice, *, secret: str, confirm_by: datetime | None) -> dict[str, Any]:
        """`secret`: that of the report's page."""
        facts, language = notice.facts, notice.language
        spelling = Spelling(language)
        return {
            **self.common(stop_link=self._stop(notice)),
            "report": facts.get("report") or "",
            "incident": facts["incident"] or "",
            "service": either(facts, "service", language) or "",
            "place": _typed(facts["place"] or ""),
            "status": status_sentence(facts["status"], language),
            "answer": either(facts, "answer", language) or "",
            "fix_by": _day(spelling, facts["fix_by"], notice.made_at),
            "acknowledge_by": _day(spelling, facts["acknowledge_by"], notice.made_at),
            "link": self._page(secret, language),
            "hold": self.holds.get(facts.get("hold") or "", {}).get(language, ""),
            **self._question(notice, spelling, confirm_by),
        }

    def common(self, *, stop_link: str = "") -> dict[str, Any]:
        return {"town": self.town.name, "contact": self.town.contact, "stop_link": stop_link}

    def _page(self, path: str, language: str) -> str:
        return f"{self.town.public_url.rstrip('/')}/311/{path}?lang={language}"

    def _stop(self, notice: Notice) -> str:
        """What ends the letters, by a mail program's “unsubscribe” too; empty: there are none."""
        if notice.kind == Kind.CONFIRM:
            return ""
        until = notice.made_at + STOPS_FOR
        token = self.tokens.make(Purpose.STOP, notice.recipient, until)
        return self._page(f"mail/stop/{token}", notice.language)

    def _question(
        self, notice: Notice, spelling: Spelling, confirm_by: datetime | None
    ) -> dict[str, Any]:
        if notice.kind != Kind.CONFIRM or confirm_by is None:
            return {}
        token = self.tokens.make(Purpose.CONFIRM, notice.recipient, confirm_by)
        link = self._page(f"mail/confirm/{token}", notice.language)
        return {"confirm_link": link, "confirm_by": spelling.moment(confirm_by)}


def _typed(words: str) -> str:
    """What a citizen typed of a place, which others read: no lines of their own, and no link."""
    return " ".join(words.split())[:PLACE_MAX].replace("](", "] (")


def either(facts: Mapping[str, Any], name: str, language: str) -> str | None:
    """In the language that is asked for; in the other one where it was said in that alone."""
    other = "en" if language == "fr" else "fr"
    return facts.get(f"{name}_{language}") or facts.get(f"{name}_{other}")


def holds(folder: Path | None = None) -> dict[str, dict[str, str]]:
    """By a crew's reason: what citizens are told of it, by language.

    :raises BadLetter: naming the entry that is not as it should be
    """
    own = folder / HOLDS if folder is not None else OURS / HOLDS
    file = own if own.is_file() else OURS / HOLDS
    told: dict[str, dict[str, str]] = {}
    for place, entry in enumerate(tomllib.loads(file.read_text("utf-8")).get("hold", ()), start=1):
        reasons = entry.pop("reasons", ())
        if not reasons or not entry or not all(isinstance(text, str) for text in entry.values()):
            raise BadLetter(f"[[hold]] number {place}: reasons and a sentence per language, please")
        told |= dict.fromkeys(reasons, entry)
    return told


def _day(spelling: Spelling, told: str | None, at: datetime) -> str:
    """A promise that has passed is not made again."""
    if told is None or moment(told) <= at:
        return ""
    return spelling.until(moment(told), at)
