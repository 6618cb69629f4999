"""The catalogue's part on units: why one may not go, and what a report must say."""

FLEET_SENTENCES: dict[str, tuple[str, str]] = {
    "unit_at_rest": (
        "Unit {unit} is not in service. Choose another, or ask the fleet manager.",
        "L’unité {unit} n’est pas en service. Voyez le responsable de la flotte.",
    ),
    "unit_major_defect": (
        "Unit {unit} is out of service: {defect}. It waits for a mechanic’s certificate.",
        "L’unité {unit} est hors service : {defect}. Elle attend l’attestation d’un mécanicien.",
    ),
    "unit_minor_overdue": (
        "Unit {unit} is out of service: a minor defect is past its delay ({defect}).",
        "L’unité {unit} est hors service : délai dépassé pour une défectuosité mineure ({defect}).",
    ),
    "unit_minor_open": (
        "Unit {unit} has a minor defect to repair: {defect}.",
        "L’unité {unit} a une défectuosité mineure à réparer : {defect}.",
    ),
    "unit_unchecked": (
        "Unit {unit} has no circle check of the last {hours} h. Do it before leaving.",
        "L’unité {unit} n’a pas de ronde de moins de {hours} h. Faites-la avant de partir.",
    ),
    "unit_check_expired": (
        "The circle check of unit {unit} is more than {hours} h old. Do it again before leaving.",
        "La ronde de l’unité {unit} date de plus de {hours} h. Refaites-la avant de partir.",
    ),
    "unit_to_countersign": (
        "Before you drive unit {unit}, read its report and countersign it, or do the check again.",
        "Avant de conduire l’unité {unit}, lisez sa ronde et contresignez-la, ou refaites-la.",
    ),
    "unit_weight_unknown": (
        "The weight of unit {unit} is not known: it is taken as a heavy vehicle.",
        "Le poids de l’unité {unit} n’est pas connu : elle est traitée comme un véhicule lourd.",
    ),
    "unit_unknown": (
        "“{unit}” is not a vehicle of this town.",
        "« {unit} » n’est pas un véhicule de cette ville.",
    ),
    "not_a_trailer": (
        "Unit {unit} is not a trailer: it cannot be coupled.",
        "L’unité {unit} n’est pas une remorque : elle ne s’attelle pas.",
    ),
    "cannot_pull": (
        "Unit {unit} pulls no trailer.",
        "L’unité {unit} ne tire pas de remorque.",
    ),
    "unit_assigned": (
        "Unit {unit} is already on this order.",
        "L’unité {unit} est déjà sur ce bon de travail.",
    ),
    "check_unanswered": (
        "Items of the check not answered yet: {count}.",
        "Éléments de la ronde sans réponse : {count}.",
    ),
    "check_unknown_form": (
        "The list of this check is not known here.",
        "La liste de cette ronde n’est pas connue ici.",
    ),
    "check_unreadable": (
        "The report cannot be read: “{field}” should be {expected}.",
        "Le rapport est illisible : « {field} » devrait être {expected}.",
    ),
    "odometer_falls": (
        "The odometer said {last} km before. Check it, or say why it is lower.",
        "L’odomètre disait {last} km avant. Vérifiez-le, ou dites pourquoi il est plus bas.",
    ),
    "defect_without_words": (
        "Say what is wrong: choose it in the list, or write it.",
        "Dites ce qui ne va pas : choisissez dans la liste, ou écrivez-le.",
    ),
    "defect_unknown": (
        "This defect is not one of this unit’s.",
        "Cette défectuosité n’est pas de cette unité.",
    ),
    "not_designated": (
        "{name} is not designated to check units. The fleet manager can name them.",
        "{name} n’est pas désigné pour faire des rondes. Voyez le responsable de la flotte.",
    ),
    "exception_too_long": (
        "An exception lasts {hours} h at most.",
        "Une exception dure {hours} h au plus.",
    ),
    "signature_needed": (
        "Sign, with your PIN or your name.",
        "Signez, avec votre NIP ou votre nom.",
    ),
    "form_unreadable": (
        "The list cannot be read: “{field}” should be {expected}.",
        "La liste est illisible : « {field} » devrait être {expected}.",
    ),
}
