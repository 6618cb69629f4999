"""The catalogue of refusals: a stable code and a sentence a supervisor understands, twice.

The sentences are in English, then in French.

The tablet and the server state them in the same words; HTTP statuses are mapped in one place,
`sync_server/http/problems.py`.
"""

from typing import Any

from asset_model.asset_errors import ASSET_SENTENCES
from asset_model.bulletin_errors import BULLETIN_SENTENCES
from asset_model.closure_errors import CLOSURE_SENTENCES
from asset_model.dispatch_errors import DISPATCH_SENTENCES
from asset_model.field_errors import FIELD_SENTENCES
from asset_model.fleet_errors import FLEET_SENTENCES
from asset_model.incident_errors import INCIDENT_SENTENCES
from asset_model.layer_errors import LAYER_SENTENCES
from asset_model.notice_errors import NOTICE_SENTENCES
from asset_model.numbers import told
from asset_model.pass_errors import PASS_SENTENCES
from asset_model.plan_errors import PLAN_SENTENCES
from asset_model.segment_errors import SEGMENT_SENTENCES
from asset_model.upkeep_errors import UPKEEP_SENTENCES

SENTENCES: dict[str, tuple[str, str]] = {
    "illegal_transition": (
        "A work order that is “{current}” cannot become “{wanted}”.",
        "Un bon de travail « {current} » ne peut pas devenir « {wanted} ».",
    ),
    "reason_required": (
        "Say why: a reason is needed to go to “{wanted}”.",
        "Dites pourquoi : il faut une raison pour passer à « {wanted} ».",
    ),
    "steps_unanswered": (
        "Required steps not answered yet: {count}.",
        "Étapes obligatoires sans réponse : {count}.",
    ),
    "bad_value": (
        "“{value}” does not fit the field “{field}”: {why}.",
        "« {value} » ne convient pas au champ « {field} » : {why}.",
    ),
    "role_not_allowed": (
        "The role “{role}” may not do this ({what}).",
        "Le rôle « {role} » ne permet pas de faire cela ({what}).",
    ),
    "column_read_only": (
        "The field “{field}” is kept by the server.",
        "Le champ « {field} » est tenu par le serveur.",
    ),
    "out_of_scope": (
        "This record is not among those this tablet works on.",
        "Cette fiche ne fait pas partie de celles de cette tablette.",
    ),
    "left_long_ago": (
        "This record left the tablet more than a month ago; a supervisor decides.",
        "Cette fiche a quitté la tablette il y a plus d’un mois ; un responsable décidera.",
    ),
    "person_inactive": (
        "The person who made this change no longer works here; a supervisor decides.",
        "La personne qui a fait ce changement ne travaille plus ici ; un responsable décidera.",
    ),
    "person_unknown": (
        "The person who made this change is not known here.",
        "La personne qui a fait ce changement n’est pas connue ici.",
    ),
    "person_not_on_device": (
        "This person does not work with this tablet.",
        "Cette personne ne travaille pas avec cette tablette.",
    ),
    "row_unknown": (
        "The record this change belongs to is not on the server.",
        "La fiche à laquelle ce changement appartient n’est pas sur le serveur.",
    ),
    "row_exists": (
        "A record with this id is already there, made by someone else.",
        "Une fiche porte déjà cet identifiant, faite par quelqu’un d’autre.",
    ),
    "table_unknown": (
        "This server does not know records of the kind “{table}”; it may need an update.",
        "Ce serveur ne connaît pas les fiches « {table} » ; il faut peut-être le mettre à jour.",
    ),
    "column_unknown": (
        "This server does not know the field “{field}” of “{table}”; it may need an update.",
        "Ce serveur ne connaît pas le champ « {field} » de « {table} » ; est-il à jour?",
    ),
    "behind_parked": (
        "Waits behind an earlier change to the same record, which is parked.",
        "Attend derrière un changement précédent à la même fiche, mis de côté.",
    ),
    "group_refused": (
        "Was made together with a change that was refused.",
        "A été fait avec un autre changement, qui a été refusé.",
    ),
    "dropped": (
        "{by} decided to leave things as they are; the change is kept on file.",
        "{by} a décidé de laisser les choses comme elles sont ; le changement reste au dossier.",
    ),
    "sent_back": (
        "{by} sends this change back: “{word}”.",
        "{by} renvoie ce changement : « {word} ».",
    ),
    "moved_on": (
        "The record has changed since this was decided. Look at it again.",
        "La fiche a changé depuis cette décision. Regardez-la de nouveau.",
    ),
    "change_oversized": (
        "This change is too large to be sent ({size} bytes, at most {limit}).",
        "Ce changement est trop gros pour être envoyé ({size} octets, {limit} au plus).",
    ),
    "malformed_request": (
        "The message could not be read: {why}.",
        "Le message n’a pas pu être lu : {why}.",
    ),
    "message_garbled": (
        "The message did not arrive as it was sent: {why}. It must be sent again.",
        "Le message n’est pas arrivé tel qu’il a été envoyé : {why}. Il faut le renvoyer.",
    ),
    "protocol_unknown": (
        "This server speaks protocol {spoken}; the tablet asked for {asked}.",
        "Ce serveur parle le protocole {spoken} ; la tablette demande le {asked}.",
    ),
    "device_unknown": (
        "This tablet is not enrolled here. Ask for an enrolment code.",
        "Cette tablette n’est pas inscrite ici. Demandez un code d’inscription.",
    ),
    "server_unreachable": (
        "{server} does not answer. Check the address and the network, then try again.",
        "{server} ne répond pas. Vérifiez l’adresse et le réseau, puis réessayez.",
    ),
    "code_invalid": (
        "This enrolment code is not valid. Check it, or ask for a new one.",
        "Ce code d’inscription n’est pas valide. Vérifiez-le, ou demandez-en un autre.",
    ),
    "code_expired": (
        "This enrolment code has expired. Ask for a new one.",
        "Ce code d’inscription est expiré. Demandez-en un autre.",
    ),
    "code_used": (
        "This enrolment code has been used already. Ask for a new one.",
        "Ce code d’inscription a déjà servi. Demandez-en un autre.",
    ),
    "pin_wrong": (
        "Wrong PIN. Attempts left: {left}.",
        "NIP incorrect. Essais restants : {left}.",
    ),
    "pin_locked": (
        "Too many wrong PINs. Try again in {minutes} min.",
        "Trop de NIP incorrects. Réessayez dans {minutes} min.",
    ),
    "too_many_attempts": (
        "Too many attempts. Try again in {seconds} s.",
        "Trop d’essais. Réessayez dans {seconds} s.",
    ),
    "photo_unreadable": (
        "This file is not a picture that can be read: take another, or choose a JPEG, PNG or WebP.",
        "Ce fichier n’est pas une image lisible : reprenez-la, ou choisissez un JPEG, PNG ou WebP.",
    ),
    "photo_heic": (
        (
            "HEIC photos cannot be read here. On an iPhone: Settings > Camera > Formats > Most"
            " Compatible, then take it again."
        ),
        (
            "Les photos HEIC ne se lisent pas ici. Sur un iPhone : Réglages > Appareil photo >"
            " Formats > Le plus compatible, puis reprenez-la."
        ),
    ),
    "photo_too_large": (
        "This picture is too large ({what}, at most {limit}).",
        "Cette image est trop grande ({what}, {limit} au plus).",
    ),
    "photo_unknown": (
        "No record that this device may see names this picture.",
        "Aucune fiche que cet appareil peut voir ne nomme cette image.",
    ),
    "photo_awaited": (
        "The device that took this picture has not sent it yet.",
        "L’appareil qui a pris cette image ne l’a pas encore envoyée.",
    ),
    "photo_garbled": (
        "What arrived is not the picture that was announced; it must be sent again.",
        "Ce qui est arrivé n’est pas l’image annoncée ; il faut la renvoyer.",
    ),
    "piece_garbled": (
        "A piece of the picture did not arrive as it was sent.",
        "Un morceau de l’image n’est pas arrivé tel qu’il a été envoyé.",
    ),
    "upload_unknown": (
        "There is no such upload; it may have been given up after {days} days.",
        "Cet envoi n’existe pas ; il a pu être abandonné après {days} jours.",
    ),
    "upload_elsewhere": (
        "The upload stands at byte {offset}, not at {asked}.",
        "L’envoi en est à l’octet {offset}, et non à {asked}.",
    ),
    "uploads_too_many": (
        "This device has too many uploads under way. Try again in {seconds} s.",
        "Cet appareil a trop d’envois en cours. Réessayez dans {seconds} s.",
    ),
    "storage_full": (
        "The server has no room left. Nothing was lost; free some space on it.",
        "Le serveur n’a plus de place. Rien n’est perdu ; libérez-y de l’espace.",
    ),
    "storage_unwritable": (
        "The server’s disk cannot be written. Nothing was lost; the disk must be looked at.",
        "Le disque du serveur n’accepte plus rien. Rien n’est perdu ; il faut le vérifier.",
    ),
    "tablet_busy": (
        "This tablet is taking in its data. Nothing was saved; try again in a moment.",
        "La tablette reçoit ses données. Rien n’a été enregistré ; réessayez dans un instant.",
    ),
    "disk_full": (
        "There is no room left here. This was not saved; what was saved before is safe.",
        "Il n’y a plus de place ici. Ceci n’a pas été enregistré ; ce qui l’était le reste.",
    ),
    "disk_failed": (
        "The disk could not be written ({why}). This was not saved; what was saved before is.",
        "Le disque n’a pu être écrit ({why}). Ceci n’a pas été enregistré ; le reste l’est.",
    ),
    "snapshot_out_of_scope": (
        "This copy holds records that are not among those this tablet works on.",
        "Cette copie contient des fiches qui ne sont pas de celles de cette tablette.",
    ),
    "snapshot_gone": (
        "This copy is not kept any more. Ask for the one of today.",
        "Cette copie n’est plus gardée. Demandez celle du jour.",
    ),
    "tus_version": (
        "This server speaks version {spoken} of the tus protocol.",
        "Ce serveur parle la version {spoken} du protocole tus.",
    ),
    "not_in_network": (
        "“{tag}” is not part of a network of pipes here. Check the tag; near it: {likely}.",
        "« {tag} » n’est sur aucun réseau de conduites. Vérifiez le repère ; proches : {likely}.",
    ),
    "not_a_valve": (
        "“{tag}” is not a valve of this network. Check the tag; near it: {likely}.",
        "« {tag} » n’est pas une vanne de ce réseau. Vérifiez le repère ; proches : {likely}.",
    ),
    "address_unknown": (
        "No segment here has the address “{address}”. Write it as 208, rue des Cèdres.",
        "Aucun tronçon n’a l’adresse « {address} ». Écrivez-la comme ceci : 208, rue des Cèdres.",
    ),
    "no_segment_near": (
        "There is no segment within {within} m of this point.",
        "Il n’y a pas de tronçon à moins de {within} m de ce point.",
    ),
    **ASSET_SENTENCES,
    **CLOSURE_SENTENCES,
    **INCIDENT_SENTENCES,
    **NOTICE_SENTENCES,
    **BULLETIN_SENTENCES,
    **DISPATCH_SENTENCES,
    **LAYER_SENTENCES,
    **SEGMENT_SENTENCES,
    **PASS_SENTENCES,
    **PLAN_SENTENCES,
    **FIELD_SENTENCES,
    **FLEET_SENTENCES,
    **UPKEEP_SENTENCES,
    "not_found": ("There is nothing at this address.", "Il n’y a rien à cette adresse."),
    "server_error": (
        "The server failed. Nothing was changed; try again.",
        "Le serveur a eu une panne. Rien n’a été changé ; réessayez.",
    ),
}


class Refused(Exception):
    """What was asked is understood and cannot be granted. `code` is stable for clients."""

    def __init__(self, code: str, /, **details: Any) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code}: {self.sentence('en')}")

    def sentence(self, language: str) -> str:
        return sentence(self.code, language, self.details)


def sentence(code: str, language: str, details: dict[str, Any]) -> str:
    """The catalogue's words for `code`; a code of a newer server is shown as it came."""
    english, french = SENTENCES.get(code, (code, code))
    words = french if language == "fr" else english
    known = {key: told(value, language) for key, value in details.items()}
    return words.format_map(_Gaps(known))


class _Gaps(dict[str, str]):
    """A detail that an older or newer side did not give leaves a dash, never an exception."""

    def __missing__(self, key: str) -> str:
        return "–"
