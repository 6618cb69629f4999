"""What 311 refuses, in English, then in French."""

INCIDENT_SENTENCES: dict[str, tuple[str, str]] = {
    "illegal_incident_move": (
        "An incident that is “{current}” cannot become “{wanted}” by hand.",
        "Un incident « {current} » ne peut pas devenir « {wanted} » à la main.",
    ),
    "answer_required": (
        "Say what citizens are told: an answer is needed to go to “{wanted}”.",
        "Dites quoi répondre aux citoyens : il faut une réponse pour passer à « {wanted} ».",
    ),
    "merge_target_missing": (
        "Say which other open incident this one is the same as.",
        "Dites à quel autre incident ouvert celui-ci correspond.",
    ),
    "incident_has_order": (
        "The order {number} is open for this incident already.",
        "Le bon {number} est déjà ouvert pour cet incident.",
    ),
    "incident_merged": (
        "This incident was the same as another one: work on that one.",
        "Cet incident a été joint à un autre : travaillez sur l’autre.",
    ),
    "suspend_reason_required": (
        "Say why the promise stands still.",
        "Dites pourquoi la promesse est suspendue.",
    ),
    "report_alone": (
        "This report is the only one of its incident: there is nothing to take it out of.",
        "C’est la seule requête de son incident : il n’y a rien dont la séparer.",
    ),
    "both_have_orders": (
        "Both incidents have an open order. Cancel one of the two first.",
        "Les deux incidents ont un bon ouvert. Annulez d’abord l’un des deux.",
    ),
    "service_unknown": (
        "There is no service “{service}” here.",
        "Il n’y a pas de service « {service} » ici.",
    ),
    "crew_unknown": (
        "There is no crew “{crew}” here.",
        "Il n’y a pas d’équipe « {crew} » ici.",
    ),
    "place_incomplete": (
        "Say where it is: a point on the map, or an address.",
        "Dites où c’est : un point sur la carte, ou une adresse.",
    ),
    "report_unknown": (
        "There is no report “{report}” here.",
        "Il n’y a pas de requête « {report} » ici.",
    ),
    "contact_unreadable": (
        "“{given}” is neither an e-mail address nor a telephone number with its area code.",
        "« {given} » n’est ni une adresse de courriel ni un numéro de téléphone avec indicatif.",
    ),
    "not_fixed_too_late": (
        "This was resolved more than {days} days ago. Please report it anew.",
        "C’est réglé depuis plus de {days} jours. Signalez-le de nouveau.",
    ),
    "not_resolved_yet": (
        "This is not marked as resolved: it is still being worked on.",
        "Ce n’est pas indiqué comme réglé : on y travaille encore.",
    ),
}
