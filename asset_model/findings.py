"""What an examination of a database found: a stable code and a sentence, in English and French.

The doctors of both sides, and the rescue of a tablet's work, say what they found in these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from asset_model.numbers import shown

Words = Mapping[str, tuple[str, str]]
"""By code: the sentence in English, then in French."""


@dataclass(frozen=True)
class Finding:
    """One thing found. Where it is not `grave` it is good to know, and nothing is wrong."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)
    grave: bool = True
    mended: bool = False


def sentence(finding: Finding, words: Words, language: str) -> str:
    """The words of a finding; what is measured is written as the language writes numbers."""
    english, french = words.get(finding.code, (finding.code, finding.code))
    gaps = {
        name: shown(value, language) if isinstance(value, float) else value
        for name, value in finding.details.items()
    }
    told = (french if language == "fr" else english).format_map(_Gaps(gaps))
    if not finding.mended:
        return told
    return f"{told} {'Réparé.' if language == 'fr' else 'Mended.'}"


def told(findings: Iterable[Finding], words: Words, language: str) -> list[dict[str, Any]]:
    """The findings as JSON, each with its sentence."""
    return [{**asdict(each), "sentence": sentence(each, words, language)} for each in findings]


def language_of(asked: str | None, environ: Mapping[str, str]) -> str:
    """`fr` or `en`: what was asked for, else what the terminal speaks."""
    told = (asked, *map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")))
    spoken = next(filter(None, told), "en")
    return "fr" if spoken.lower().startswith("fr") else "en"


class _Gaps(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"
