"""The reasons of a score in words, strongest first, each with what it adds in log-odds."""

from asset_model.grouping.evidence import Evidence, Score
from asset_model.numbers import shown

HARDLY = 0.05
"""Reasons weaker than this would only make the others harder to read."""

WORDS = {
    "base": ("to start with", "au départ"),
    "distance": ("{metres} m apart", "à {metres} m"),
    "crowd": ("as many reports as there are around", "selon le nombre de cas autour"),
    "same_spot": ("others at that very spot", "d’autres au même point"),
    "age": ("{days} d later", "{days} j plus tard"),
    "same_kind": ("same category", "même catégorie"),
    "same_address": ("same address", "même adresse"),
    "other_address": ("another address", "autre adresse"),
    "same_asset": ("same asset", "même actif"),
    "other_asset": ("another asset", "autre actif"),
    "same_reporter": ("same person", "même personne"),
    "shared_words": ("words in common", "mots communs"),
    "other_words": ("other words", "autres mots"),
    "was_closed": ("it was closed", "c’était fermé"),
    "newer_by_staff": ("reported by staff", "signalé par le personnel"),
    "older_by_staff": ("first reported by staff", "d’abord signalé par le personnel"),
    "category": ("as often as in this category", "selon cette catégorie"),
}


def reasons_told(score: Score, language: str) -> list[str]:
    """Like ``same address +1.2``; what hardly counts is left out."""
    counting = [each for each in score.evidence if abs(each.log_odds) >= HARDLY]
    counting.sort(key=lambda each: -abs(each.log_odds))
    return [f"{_named(each, score, language)} {_signed(each, language)}" for each in counting]


def _named(evidence: Evidence, score: Score, language: str) -> str:
    english, french = WORDS[evidence.reason]
    return (french if language == "fr" else english).format(
        metres=shown(round(score.distance_m), language),
        days=shown(round(score.days, 1), language),
    )


def _signed(evidence: Evidence, language: str) -> str:
    number = shown(round(abs(evidence.log_odds), 1), language)
    return f"{'−' if evidence.log_odds < 0 else '+'}{number}"
