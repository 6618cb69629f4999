"""Why a whole import is stopped, in English and in French: nothing of it is written."""

from typing import Any

from asset_model.findings import Finding, Words, sentence
from gis.problems import DID_YOU_MEAN

WORDS: Words = {
    "refused_file": (
        "A file of refused rows has only those rows: import it without --retire-missing",
        "Un fichier de rangées refusées n’a que celles-là : importez-le sans --retire-missing",
    ),
    "meanwhile": (
        "Somebody else wrote the same assets meanwhile. Run it again.",
        "Quelqu’un d’autre a écrit les mêmes actifs entre-temps. Relancez l’importation.",
    ),
    "database": (
        "The database failed; nothing was imported. {why}",
        "La base de données a failli ; rien n’a été importé. {why}",
    ),
    "too_many_missing": (
        (
            "{missing} of the {standing} assets of this source are not in the file: is it whole? "
            "If so, say --retire-missing --even-most. Nothing was imported."
        ),
        (
            "{missing} des {standing} actifs de cette source ne sont pas dans le fichier : est-il "
            "entier? Si oui, dites --retire-missing --even-most. Rien n’a été importé."
        ),
    ),
    "key_unread": (
        (
            "The key of row {row} cannot be read, so it is not sure which assets are gone. "
            "Mend that row first. Nothing was imported."
        ),
        (
            "La clé de la rangée {row} ne se lit pas : on ne sait pas quels actifs ne sont plus. "
            "Corrigez d’abord cette rangée. Rien n’a été importé."
        ),
    ),
    "no_class": (
        "There is no asset class “{code}”. There are: {known}.",
        "Il n’y a pas de classe d’actifs « {code} ». Il y a : {known}.",
    ),
    "no_district": (
        "There is no district “{code}”; there are: {known}.",
        "Il n’y a pas de district « {code} » ; il y a : {known}.",
    ),
}


class ImportStopped(Exception):
    """Nothing of it is written; `told` says why."""

    def __init__(self, code: str, /, **details: Any) -> None:
        self._finding = Finding(code, details)
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        return sentence(self._finding, WORDS, language)


class NameUnknown(ImportStopped, LookupError):
    """The town has nothing of the name that was given."""

    def told(self, language: str) -> str:
        meant = self._finding.details.get("nearest")
        hint = f" {DID_YOU_MEAN[language].format(meant)}" if meant else ""
        return f"{super().told(language)}{hint}"
