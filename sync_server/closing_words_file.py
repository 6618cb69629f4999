"""The town's closing sentences in a TOML file: written, and read as strictly as a book of rules."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from asset_model.closing_words import NAMES, Sentence, offered

TEXTS, LISTS = ("code", "fr", "en"), ("services", "jobs")
LENGTH_MAX = 120
"""What a button of a tablet shows whole, and a citizen reads to the end."""
OFFERED_MAX = 6
"""Of these a crew with gloves finds the one that it means."""

Known = Mapping[str, frozenset[str]]
"""The codes that the town has, of `services` and of `jobs`."""


@dataclass(frozen=True)
class Fault:
    """`row` counts the sentences of the file from 1; 0: the file as a whole."""

    code: str
    row: int = 0
    field: str = ""
    value: str = ""


def written(sentences: Iterable[Sentence]) -> str:
    return "\n".join(_table(each) for each in sentences)


def _table(sentence: Sentence) -> str:
    """A JSON text is a TOML text as well."""
    told = sentence.told().items()
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told]
    return "\n".join(["[[sentence]]", *lines, ""])


def read(text: str, known: Known) -> tuple[list[Sentence], list[Fault]]:
    """The sentences, and everything that is wrong with them, in the order of the file."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [], [Fault("syntax", value=str(error))]
    rows = document.pop("sentence", [])
    faults = [Fault("unknown_key", field=name) for name in document]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return [], [*faults, Fault("no_rows")]
    if not rows:
        faults.append(Fault("no_rows"))
    for number, row in enumerate(rows, 1):
        faults += _of_row(number, row, rows[: number - 1], known)
    if faults:
        return [], faults
    sentences = [Sentence.of(row) for row in rows]
    return sentences, list(_too_many(sentences, known))


def _of_row(
    number: int, row: dict[str, Any], before: list[dict[str, Any]], known: Known
) -> Iterator[Fault]:
    yield from (Fault("unknown_key", number, name) for name in row if name not in NAMES)
    for name in TEXTS:
        said = row.get(name)
        if not isinstance(said, str) or not said.strip():
            yield Fault("empty", number, name)
        elif any(said == other.get(name) for other in before):
            yield Fault("twice", number, name, said)
        elif len(said) > LENGTH_MAX or said != said.strip() or "\n" in said:
            yield Fault("long", number, name, str(len(said)))
    for name in LISTS:
        codes = row.get(name, [])
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            yield Fault("no_list", number, name)
            continue
        yield from (
            Fault("nobody_s", number, name, code) for code in codes if code not in known[name]
        )


def _too_many(sentences: list[Sentence], known: Known) -> Iterator[Fault]:
    """More than a crew reads at once, by the service of which they may be said."""
    jobs = {None, *(job for each in sentences for job in each.jobs)}
    for service in sorted(known["services"] or {""}):
        most = max(len(offered(sentences, service, job)) for job in jobs)
        if most > OFFERED_MAX:
            yield Fault("many", field=service, value=str(most))
