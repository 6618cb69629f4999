"""What `voirie person` tells, in English or French."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from maintenance.retention import Verdict
    from sync_server.privacy.erasing import Erased

WORDS = {
    "none": ("Nothing is known of them here.", "On ne sait rien de cette personne ici."),
    "count": ("{count} report(s).", "{count} requête(s)."),
    "written": ("{count} report(s) written to {file}.", "{count} requête(s) dans {file}."),
    "missing": ("The file of {file} is not here.", "Le fichier de {file} n’est pas ici."),
    "by": ("Say who does it: --as NAME.", "Dites qui le fait : --as NOM."),
    "erased": (
        (
            "Reports: {reports}. Contacts forgotten: {contacts}; texts written anew: {texts};"
            " changes of the history: {history}; pictures: {pictures}; letters: {letters}."
        ),
        (
            "Requêtes : {reports}. Coordonnées oubliées : {contacts} ; textes réécrits : {texts} ;"
            " changements de l’historique : {history} ; photos : {pictures} ;"
            " courriels : {letters}."
        ),
    ),
    "tried": (
        "Nothing was erased: this was a trial (--for-good).",
        "Rien n’a été effacé : c’était un essai (--for-good).",
    ),
    "backups": (
        (
            "Tablets forget with their next synchronization. Backups of before still hold it: after"
            " restoring one, erase again."
        ),
        (
            "Les tablettes oublient à leur prochaine synchronisation. Les sauvegardes d’avant le"
            " contiennent encore : après en avoir restauré une, effacez de nouveau."
        ),
    ),
    "kept": (
        "{over} past their keeping, {held} held back. Nothing was forgotten (--destroy).",
        "{over} à oublier, {held} retenue(s). Rien n’a été effacé (--destroy).",
    ),
    "forgotten": ("{count} forgotten.", "{count} oubliée(s)."),
}


def say(key: str, spoken: str, **details: Any) -> str:
    english, french = WORDS[key]
    return (french if spoken == "fr" else english).format(**details)


def tell_found(known: Sequence[dict[str, Any]], spoken: str, as_json: bool) -> None:
    for each in known:
        line = f"{each['number']}  {(each['reported_at'] or '')[:10]}  {each['service']}"
        told = f"{line}  {each['place'] or '–'}  {each['status'] or '–'}"
        typer.echo(json.dumps(each, ensure_ascii=False) if as_json else told)
    if not as_json:
        typer.echo(say("count", spoken, count=len(known)) if known else say("none", spoken))


def tell_erased(done: "Erased", spoken: str, *, for_good: bool) -> None:
    counts = {name: value for name, value in asdict(done).items() if name != "files"}
    typer.echo(say("erased", spoken, **counts) if done.reports else say("none", spoken))
    typer.echo(say("backups" if for_good else "tried", spoken))


def tell_kept(
    rows: "Sequence[tuple[str, Verdict]]", spoken: str, as_json: bool, *, destroyed: bool
) -> None:
    for number, verdict in rows:
        row = _row(number, verdict, spoken, destroyed=destroyed)
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    if as_json:
        return
    over = sum(verdict.over for _, verdict in rows)
    if destroyed:
        typer.echo(say("forgotten", spoken, count=over))
    else:
        typer.echo(say("kept", spoken, over=over, held=len(rows) - over))


def _row(number: str, verdict: "Verdict", spoken: str, *, destroyed: bool) -> dict[str, Any]:
    from maintenance.retention import HOLDS

    held = [HOLDS[code][spoken == "fr"] for code in verdict.holds]
    return {
        "report": number,
        "dated": verdict.kept.dated_on.isoformat(),
        "kept_until": verdict.until.isoformat() if verdict.until else None,
        "rule": verdict.rule.named,
        "state": "destroyed" if destroyed else "over" if verdict.over else "held",
        "why": ", ".join(held),
    }


def _line(row: dict[str, Any]) -> str:
    mark = {"over": "!", "held": "·", "destroyed": "×"}[row["state"]]
    return (
        f"{mark} {row['report']}  {row['dated']} → {row['kept_until']}  {row['rule']}  {row['why']}"
    )
