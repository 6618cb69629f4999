"""What the commands that everybody begins with say, in the language of the terminal."""

import os
from typing import Any

import typer

from asset_model.findings import Words, language_of

WORDS: Words = {
    "settings": (
        "The settings cannot be used:\n{why}",
        "Les réglages ne peuvent pas servir :\n{why}",
    ),
    "database": (
        (
            "The database {url} cannot be opened: {why}\n"
            "Check VOIRIE_DATABASE (or --database) and VOIRIE_DATA (or --data)."
        ),
        (
            "La base de données {url} ne s’ouvre pas : {why}\n"
            "Vérifiez VOIRIE_DATABASE (ou --database) et VOIRIE_DATA (ou --data)."
        ),
    ),
    "not_ours": (
        "{url} cannot be read as Voirie's database: {why}",
        "{url} ne se lit pas comme une base de données de Voirie : {why}",
    ),
    "no_database": (
        (
            "There is no database {url}. Check VOIRIE_DATA (or --data);"
            " `voirie serve` and `voirie migrate` make a new one."
        ),
        (
            "Il n’y a pas de base de données {url}. Vérifiez VOIRIE_DATA (ou --data) ;"
            " `voirie serve` et `voirie migrate` en font une nouvelle."
        ),
    ),
    "no_bucket": (
        "Photos in a bucket need {name}: install the extra s3 (voirie[s3]).",
        "Les photos dans un compartiment demandent {name} : installez l’extra s3 (voirie[s3]).",
    ),
    "photos": (
        (
            "The folder for photos cannot be used: {why}\n"
            "Check VOIRIE_PHOTOS and VOIRIE_DATA (or --data)."
        ),
        (
            "Le dossier des photos ne peut pas servir : {why}\n"
            "Vérifiez VOIRIE_PHOTOS et VOIRIE_DATA (ou --data)."
        ),
    ),
    "up_to_date": ("The database is up to date.", "La base de données est à jour."),
    "listens": ("Voirie listens on {address}", "Voirie écoute à {address}"),
    "office": (
        "The office's screens: {address}/office/",
        "Les écrans du bureau : {address}/office/",
    ),
    "no_listening": (
        (
            "Cannot listen on {host}:{port}: {why}."
            " Choose another --port (VOIRIE_PORT) or --host (VOIRIE_HOST)."
        ),
        (
            "Impossible d’écouter à {host}:{port} : {why}."
            " Choisissez un autre --port (VOIRIE_PORT) ou --host (VOIRIE_HOST)."
        ),
    ),
    "office_taken": (
        "Another server of {folder} has the office's screens; this one serves none.",
        "Un autre serveur de {folder} a les écrans du bureau ; celui-ci n’en sert aucun.",
    ),
    "there_already": (
        "{file} is there already; nothing was written. Name another file.",
        "{file} existe déjà ; rien n’a été écrit. Nommez un autre fichier.",
    ),
    "newer": (
        "The database is of a newer version (tables {tables}). Update first.",
        (
            "La base de données est d’une version plus récente (tables {tables}). "
            "Mettez d’abord à jour."
        ),
    ),
    "unwritable": ("{file} cannot be written: {why}", "{file} ne peut pas être écrit : {why}"),
    "not_whole": (
        "The database cannot be read whole: {why}",
        "La base de données ne se lit pas au complet : {why}",
    ),
    "backed_up": (
        (
            "Backed up to {file}: {rows} rows and {photos} photo(s), {bytes} bytes,"
            " up to position {position}."
        ),
        (
            "Copié dans {file} : {rows} rangées et {photos} photo(s), {bytes} octets,"
            " jusqu’à la position {position}."
        ),
    ),
    "unchanged": ("Nothing was changed: {why}", "Rien n’a été changé : {why}"),
    "in_use": (
        (
            "The database {url} is in use; nothing was changed.\n"
            "To replace what it holds: --force. To keep it: `voirie backup` first."
        ),
        (
            "La base de données {url} sert déjà ; rien n’a été changé.\n"
            "Pour en remplacer le contenu : --force. Pour le garder : d’abord `voirie backup`."
        ),
    ),
    "kept_aside": (
        "The damaged database was kept: {file}",
        "La base abîmée a été gardée : {file}",
    ),
    "restored": (
        (
            "Restored the server as it was on {made_at}, at position {position}:"
            " {rows} rows and {photos} photo(s)."
        ),
        (
            "Serveur restauré tel qu’il était le {made_at}, à la position {position} :"
            " {rows} rangées et {photos} photo(s)."
        ),
    ),
    "history": (
        (
            "A new history begins: at their next round the tablets read everything again, and\n"
            "offer again what they had sent since, under the same ids: nothing is made twice.\n"
            "What the backup cannot know: devices enrolled since must be enrolled again (they\n"
            "keep their work), devices revoked since must be revoked again."
        ),
        (
            "Un nouvel historique commence : à leur prochaine tournée, les tablettes relisent\n"
            "tout et offrent de nouveau ce qu’elles avaient envoyé depuis, sous les mêmes\n"
            "identifiants : rien n’est fait deux fois. Ce que la copie ne peut pas savoir : les\n"
            "appareils inscrits depuis sont à inscrire de nouveau (ils gardent leur travail), et\n"
            "ceux révoqués depuis, à révoquer de nouveau."
        ),
    ),
}


def say(key: str, *, of: Words = WORDS, err: bool = False, **details: Any) -> None:
    typer.echo(said(key, of=of, **details), err=err)


def said(key: str, *, of: Words = WORDS, **details: Any) -> str:
    english, french = of[key]
    return (french if terminal_language() == "fr" else english).format(**details)


def terminal_language() -> str:
    return language_of(None, os.environ)
