"""The town's own sentences for citizens: those of every service, and some of its own trades."""

from datetime import datetime, timedelta

from asset_model.closing_words import OURS, ClosingWords, Sentence
from sync_server.demo.people import BY_KEY
from sync_server.demo.placing import demo_id

PUBLISHED_BEFORE = timedelta(days=30)
OWN = (
    Sentence(
        "cold_mix",
        "Le trou est bouché à l’enrobé à froid\u00a0; il sera refait à chaud au printemps.",
        "The hole is filled with cold mix; it will be done again with hot mix in spring.",
        services=("NID",),
    ),
    Sentence(
        "water_back",
        "La fuite est réparée et l’eau est revenue.",
        "The leak is repaired and the water is back on.",
        services=("FUITE",),
    ),
    Sentence(
        "plowed",
        "C’est déneigé et l’abrasif est épandu.",
        "It is plowed and grit is spread.",
        services=("DENEIGEMENT",),
    ),
)


def closing_words_row(*, now: datetime) -> ClosingWords:
    return ClosingWords(
        id=demo_id("closing_words", "1"),
        sentences=[each.told() for each in (*OURS, *OWN)],
        person_id=BY_KEY["isabelle"].id,
        published_at=now - PUBLISHED_BEFORE,
    )
