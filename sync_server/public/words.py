"""The sentences of the public page, French and English."""

from collections.abc import Callable

LANGUAGES = ("fr", "en")

# French, English. An underscore before ;:!?» and after « stands for a space that does not break.
_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Signaler un problème", "Report a problem"),
    "skip": ("Aller au contenu", "Skip to the content"),
    "other_language": ("English", "Français"),
    "intro": (
        (
            "Nid-de-poule, fuite d’eau, lampadaire éteint_: dites-le ici. Vous n’avez pas à"
            " donner votre nom."
        ),
        "Pothole, water leak, street light out: tell us here. You need not give your name.",
    ),
    "danger": (
        "Danger immédiat? Appelez le 911.",
        "Immediate danger? Call 911.",
    ),
    "what": ("Quel est le problème?", "What is the problem?"),
    "where": ("Où est-ce?", "Where is it?"),
    "step": ("Étape {n} de 3", "Step {n} of 3"),
    "address": ("Adresse la plus proche", "Nearest address"),
    "address_hint": ("Par exemple_: 208, rue des Cèdres", "For example: 208, rue des Cèdres"),
    "show": ("Voir sur la carte", "Show on the map"),
    "here": ("Utiliser ma position", "Use my location"),
    "locating": ("Recherche de votre position…", "Finding where you are…"),
    "not_located": (
        "Votre position n’a pas pu être trouvée. Écrivez l’adresse.",
        "Your location could not be found. Type the address.",
    ),
    "map_label": (
        "Carte_: touchez l’endroit exact pour y déplacer le repère",
        "Map: touch the exact spot to move the pin there",
    ),
    "map_of": ("Carte des rues autour de {place}", "Map of the streets around {place}"),
    "place_now": ("Le repère est à_: {place}", "The pin is at: {place}"),
    "street_only": (
        "Seule la rue a été trouvée. Touchez l’endroit exact sur la carte.",
        "Only the street was found. Touch the exact spot on the map.",
    ),
    "unnamed": ("l’endroit choisi", "the chosen spot"),
    "known": ("Déjà signalé tout près", "Already reported nearby"),
    "known_hint": (
        (
            "Est-ce l’un de ceux-ci? Suivez-le_: une seule équipe viendra, et vous saurez"
            " quand c’est fait."
        ),
        "Is it one of these? Follow it: one crew will come, and you will know when it is done.",
    ),
    "follow": ("C’est celui-ci, le suivre", "It is this one, follow it"),
    "distance": ("à {m} m", "{m} m away"),
    "reported_on": ("signalé le {day}", "reported on {day}"),
    "reports": ("{n} signalements", "{n} reports"),
    "one_report": ("1 signalement", "1 report"),
    "go_on": ("C’est ici, continuer", "It is here, go on"),
    "go_on_new": ("Aucun de ceux-ci, continuer", "None of these, go on"),
    "details": ("Décrivez le problème", "Describe the problem"),
    "description": ("Ce que vous avez vu", "What you have seen"),
    "description_hint": (
        "Taille, danger, depuis quand. N’écrivez pas de renseignements personnels ici.",
        "Size, danger, since when. Do not write personal information here.",
    ),
    "photos": ("Photos ({n} au plus)", "Photos ({n} at most)"),
    "photos_hint": (
        (
            "JPEG, PNG ou WebP, {mb}_Mo au plus chacune. Le lieu et l’appareil inscrits dans la"
            " photo sont effacés."
        ),
        (
            "JPEG, PNG or WebP, {mb}_MB at most each. The place and device written in the photo"
            " are erased."
        ),
    ),
    "photo_heavy": (
        "Cette photo est trop lourde_: {mb}_Mo au plus. Choisissez-en une autre.",
        "This photo is too large: {mb}_MB at most. Choose another one.",
    ),
    "photos_many": (
        "{n} photos au plus_: choisissez-les de nouveau.",
        "{n} photos at most: choose them again.",
    ),
    "photos_lost": (
        "Choisissez vos photos de nouveau_: votre navigateur ne les a pas gardées.",
        "Choose your photos again: your browser has not kept them.",
    ),
    "optional": ("(facultatif)", "(optional)"),
    "required": ("(obligatoire)", "(required)"),
    "yes": ("Oui", "Yes"),
    "no": ("Non", "No"),
    "who": ("Pour que le 311 puisse vous joindre", "So that 311 can reach you"),
    "who_hint": (
        "Facultatif. Vu seulement par le 311 et le contremaître_; les équipes n’y ont pas accès.",
        "Optional. Seen by 311 and the foreman only; crews have no access to it.",
    ),
    "name": ("Nom", "Name"),
    "email": ("Courriel", "E-mail"),
    "phone": ("Téléphone", "Telephone"),
    "trap": ("Laissez ce champ vide", "Leave this field empty"),
    "claim_title": ("Ce n’est pas une réclamation", "This is not a claim"),
    "claim": (
        (
            "Pour être dédommagé d’un accident ou d’un bris, il faut envoyer à la Ville un avis"
            " ÉCRIT dans les 15 jours. Ce formulaire n’en est pas un."
        ),
        (
            "To be compensated for an accident or damage, a WRITTEN notice must be sent to the town"
            " within 15 days. This form is not one."
        ),
    ),
    "send": ("Envoyer le signalement", "Send the report"),
    "being_sent": (
        "Envoi en cours… Gardez cette page ouverte.",
        "Being sent… Keep this page open.",
    ),
    "errors": ("À corriger", "To be corrected"),
    "back": ("Revenir au début", "Back to the beginning"),
    "thanks": ("Merci. C’est reçu.", "Thank you. We have it."),
    "following": ("Vous suivez ce problème.", "You are following this problem."),
    "number": ("Numéro", "Number"),
    "keep_link": (
        "Gardez l’adresse de cette page_: elle seule permet de suivre ce signalement.",
        "Keep the address of this page: it alone lets you follow this report.",
    ),
    "status": ("Où en est-on", "Where it stands"),
    "place": ("Lieu", "Place"),
    "received": ("Reçu", "Received"),
    "expected": ("Promesse", "Promise"),
    "fix_by": ("Réglé avant le {day}", "Fixed by {day}"),
    "look_by": ("Vérifié avant le {day}", "Looked into by {day}"),
    "was_to_be": ("Promis pour le {day}_: c’est en retard", "Promised for {day}: it is late"),
    "suspended": (
        "Date suspendue_: une nouvelle paraîtra ici.",
        "Date suspended: a new one will appear here.",
    ),
    "no_date": (
        "Pas encore de date_: elle paraîtra ici.",
        "No date yet: it will appear here.",
    ),
    "others": (
        "{n} autres signalements du même problème.",
        "{n} other reports of the same problem.",
    ),
    "one_other": (
        "Un autre signalement du même problème.",
        "One other report of the same problem.",
    ),
    "history": ("Ce qui s’est passé", "What has happened"),
    "your_words": ("Ce que vous avez écrit", "What you wrote"),
    "work_photo": ("Le travail terminé, photo {n}", "The finished work, photo {n}"),
    "your_photo": ("Votre photo {n}", "Your photo {n}"),
    "not_fixed": ("Ce n’est pas réglé", "It is not fixed"),
    "not_fixed_hint": (
        "Dites ce qui ne va pas_: un contremaître reverra le travail.",
        "Say what is wrong: a foreman will look at the work again.",
    ),
    "not_fixed_send": ("Le dire au contremaître", "Tell the foreman"),
    "not_fixed_said": (
        "C’est noté_: un contremaître va revoir le travail.",
        "Noted: a foreman will look at the work again.",
    ),
    "rate": ("Êtes-vous satisfait du travail?", "Are you satisfied with the work?"),
    "rate_send": ("Donner mon avis", "Give my opinion"),
    "rated": ("Merci pour votre avis.", "Thank you for your opinion."),
    "rating_1": ("Pas du tout", "Not at all"),
    "rating_2": ("Peu", "Not much"),
    "rating_3": ("Moyennement", "Somewhat"),
    "rating_4": ("Bien", "Well"),
    "rating_5": ("Très bien", "Very well"),
    "mail_title": ("Être avisé par courriel", "Be told by e-mail"),
    "mail_hint": (
        "Un courriel à chaque étape, jusqu’à la fin du travail. Il faut d’abord confirmer.",
        "One message at each step, until the work is done. You confirm first.",
    ),
    "mail_send": ("M’aviser par courriel", "Tell me by e-mail"),
    "mail_is_told": (
        "Un courriel est envoyé à chaque étape. Un lien au bas de chacun permet d’arrêter.",
        "A message is sent at each step. A link at its foot ends them.",
    ),
    "mail_is_asked": (
        "Il reste à confirmer_: ouvrez le courriel que nous avons envoyé, et son lien.",
        "It remains to be confirmed: open the message that we sent, and its link.",
    ),
    "mail_asked": (
        "Un courriel vous attend_: ouvrez son lien pour confirmer. Rien d’autre ne part avant.",
        "A message awaits you: open its link to confirm. Nothing else is sent before that.",
    ),
    "mail_confirmed": (
        "C’est confirmé_: un courriel vous dira chaque étape.",
        "Confirmed: a message will tell you each step.",
    ),
    "mail_confirm": ("Confirmer votre adresse", "Confirm your address"),
    "mail_confirm_hint": (
        "Voulez-vous un courriel à chaque étape de ce signalement?",
        "Do you wish for a message at each step of this report?",
    ),
    "mail_confirm_send": ("Oui, m’aviser par courriel", "Yes, tell me by e-mail"),
    "mail_stop": ("Ne plus recevoir de courriels", "Stop the messages"),
    "mail_stop_hint": (
        "Vous ne recevrez plus de courriels de ce signalement. Le travail, lui, continue.",
        "You will get no more messages of this report. The work goes on.",
    ),
    "mail_stop_send": ("Arrêter les courriels", "Stop the messages"),
    "mail_stopped": ("C’est arrêté", "They are stopped"),
    "mail_stopped_hint": (
        "Vous ne recevrez plus de courriels de ce signalement.",
        "You will get no more messages of this report.",
    ),
    "contact_us": ("Joindre la Ville_: {contact}", "Reach the town: {contact}"),
    "gone": ("Il n’y a rien à cette adresse", "There is nothing at this address"),
    "gone_hint": (
        "L’adresse est incomplète, ou la personne a demandé d’effacer ses renseignements.",
        "The address is incomplete, or the person asked that their information be erased.",
    ),
    "wrong": ("Ce n’est pas passé", "It did not go through"),
    "again": ("Réessayer", "Try again"),
    "not_kept": (
        (
            "Rien n’a été enregistré_: notre système ne peut rien garder en ce moment. Réessayez"
            " dans quelques minutes, ou téléphonez à la Ville."
        ),
        (
            "Nothing was recorded: our system cannot keep anything at the moment. Try again in a"
            " few minutes, or telephone the town."
        ),
    ),
    "failed": (
        (
            "C’est une panne de notre côté. Réessayez dans quelques minutes, ou téléphonez à la"
            " Ville."
        ),
        "This is a fault of ours. Try again in a few minutes, or telephone the town.",
    ),
    "form_unreadable": (
        (
            "Ce que votre navigateur a envoyé n’a pas pu être lu. Rien n’a été enregistré."
            " Recommencez, ou téléphonez à la Ville."
        ),
        (
            "What your browser sent could not be read. Nothing was recorded. Begin again, or"
            " telephone the town."
        ),
    ),
    "form_too_large": (
        (
            "C’est trop lourd_: {mb}_Mo au plus pour tout l’envoi. Rien n’a été enregistré."
            " Revenez en arrière et joignez moins de photos, ou de plus petites."
        ),
        (
            "This is too large: {mb}_MB at most for all of it. Nothing was recorded. Go back and"
            " add fewer or smaller photos."
        ),
    ),
    "unknown_service": (
        "Ce genre de problème ne se signale pas ici. Choisissez dans la liste, au début.",
        "This kind of problem is not reported here. Choose from the list, at the beginning.",
    ),
    "need_place": (
        "Écrivez une adresse de la ville, ou utilisez votre position.",
        "Type an address of the town, or use your location.",
    ),
    "unknown_address": (
        "Endroit introuvable. Écrivez 208, rue des Cèdres, ou un coin_: Cèdres et Lilas.",
        "This place was not found. Type 208, rue des Cèdres, or a corner: Cèdres and Lilas.",
    ),
    "outside": (
        "Cet endroit est hors de la ville.",
        "This place is outside of the town.",
    ),
    "need_words": (
        "Décrivez ce que vous avez vu, ou joignez une photo.",
        "Describe what you have seen, or add a photo.",
    ),
    "too_long": ("4_000 signes au plus.", "4,000 characters at most."),
    "need_answer": ("Répondez à cette question.", "Answer this question."),
    "bad_answer": ("Cette réponse ne convient pas.", "This answer does not fit."),
    "bad_email": (
        "Écrivez une adresse comme nom@exemple.ca, ou laissez vide.",
        "Type an address such as name@example.ca, or leave it empty.",
    ),
    "trapped": (
        "Le champ caché doit rester vide. Videz-le, puis envoyez de nouveau.",
        "The hidden field must stay empty. Empty it, then send again.",
    ),
}

Say = Callable[..., str]


def sayer(language: str) -> Say:
    """A function from a key to its sentence in the language, gaps filled."""
    place = LANGUAGES.index(language)

    def say(key: str, **gaps: object) -> str:
        return _WORDS[key][place].replace("_", "\u00a0").format(**gaps)

    return say
