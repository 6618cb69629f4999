"""The catalogue's part on units, readings, parts, campaigns and scenarios of the plans."""

UPKEEP_SENTENCES: dict[str, tuple[str, str]] = {
    "vin_length": (
        "“{vin}” has {count} characters, and a vehicle’s number 17. Read it again on the plate.",
        "« {vin} » a {count} caractères, et un NIV 17. Relisez-le sur la plaque.",
    ),
    "vin_characters": (
        "“{vin}” has {found}: a vehicle’s number has no I, O, Q or signs. Look for 1 and 0.",
        "« {vin} » contient {found} : un NIV n’a ni I, ni O, ni Q, ni signes. Voyez 1 et 0.",
    ),
    "vin_check_digit": (
        "“{vin}” is mistyped: its ninth character is {found}, the others ask for {wanted}.",
        "« {vin} » est mal transcrit : son neuvième caractère est {found}, on attend {wanted}.",
    ),
    "vin_year": (
        "“{vin}” says model year {years}, the unit’s file {year}. Correct the one or the other.",
        "« {vin} » dit l’année {years}, la fiche de l’unité {year}. Corrigez l’un ou l’autre.",
    ),
    "vin_twice": (
        "“{vin}” is the number of several units ({tags}). Each has its own.",
        "« {vin} » est le NIV de plusieurs unités ({tags}). Chacune a le sien.",
    ),
    "person_several": (
        "{count} people here are called “{name}”. Give the id of the one who is meant.",
        "{count} personnes ici s’appellent « {name} ». Donnez l’identifiant de la bonne.",
    ),
    "reading_unknown": (
        "No reading that waits for review begins with “{id}”. See voirie readings queue.",
        "Aucun relevé à examiner ne commence par « {id} ». Voyez voirie readings queue.",
    ),
    "reading_several": (
        "{count} readings begin with “{id}”. Give more of it.",
        "{count} relevés commencent par « {id} ». Donnez-en davantage.",
    ),
    "reading_still_cannot": (
        "{value} cannot be either: {why}",
        "{value} est impossible aussi : {why}",
    ),
    "meter_not_counter": (
        "A gauge has no total that another one could go on from. Discard the reading.",
        "Une jauge n’a pas de total qu’une autre puisse continuer. Écartez le relevé.",
    ),
    "reading_reviewed": (
        "This reading is discarded already. Accept it first, if it was right after all.",
        "Ce relevé est déjà écarté. Acceptez-le d’abord, s’il était bon finalement.",
    ),
    "part_unknown": (
        "There is no part “{code}”. voirie stock list names them all.",
        "Il n’y a pas de pièce « {code} ». voirie stock list les nomme toutes.",
    ),
    "plan_unknown": (
        "There is no plan “{code}”. voirie plans list names them all.",
        "Il n’y a pas de plan « {code} ». voirie plans list les nomme tous.",
    ),
    "quantity_unreadable": (
        "“{value}” is not a part and a quantity of zero or more. Write CODE=12.5.",
        "« {value} » n’est pas une pièce et une quantité. Écrivez CODE=12,5.",
    ),
    "file_unreadable": (
        "{path} cannot be read: {why}. Check its name, and that it is TOML.",
        "{path} est illisible : {why}. Vérifiez son nom, et que c’est du TOML.",
    ),
    "campaign_keys": (
        "The campaign is wrong in: {wrong}. It may have {known}; the days are days.",
        "La campagne est fautive à : {wrong}. Elle peut avoir {known} ; les jours sont des jours.",
    ),
    "campaign_backwards": (
        "The campaign ends ({ends}) before it begins ({begins}). Turn the days round.",
        "La campagne finit ({ends}) avant de commencer ({begins}). Inversez les jours.",
    ),
    "campaign_without_units": (
        "Nothing says which units: give a plan, a class with its filter, or the units’ tags.",
        "Rien ne dit quelles unités : donnez un plan, une catégorie et son filtre, ou des repères.",
    ),
    "campaign_empty": (
        "No unit in service fits: nothing would come of the campaign. Widen its filter.",
        "Aucune unité en service ne convient : la campagne serait vide. Élargissez le filtre.",
    ),
    "unit_not_here": (
        "There is no unit “{tag}” in service. Check its tag.",
        "Il n’y a pas d’unité « {tag} » en service. Vérifiez son repère.",
    ),
    "scenario_keys": (
        "The scenario is wrong in: {wrong}. There it may have {known}.",
        "Le scénario est fautif à : {wrong}. Il peut y avoir {known}.",
    ),
    "scenario_empty": (
        "The scenario changes nothing: give it a [[move]], a [[skip]] or a [plan.CODE].",
        "Le scénario ne change rien : donnez-lui un [[move]], un [[skip]] ou un [plan.CODE].",
    ),
    "scenario_value": (
        "A value for the plan {code} cannot be ({why}). Write it as voirie plans shows it.",
        "Une valeur du plan {code} est impossible ({why}). Écrivez-la comme dans le plan.",
    ),
    "occurrence_to_past": (
        "{to} is past: nothing is moved to a day that is over. Give a day to come.",
        "Le {to} est passé : on ne déplace rien à un jour révolu. Donnez un jour à venir.",
    ),
    "occurrence_not_his": (
        "The plan {code} does not concern “{tag}”. Check the plan, or the unit.",
        "Le plan {code} ne concerne pas « {tag} ». Vérifiez le plan, ou l’unité.",
    ),
    "occurrence_not_next": (
        "{code} on {tag} has nothing on {due} that can be moved; the next one is on {next}.",
        "{code} sur {tag} n’a rien à déplacer le {due} ; le prochain est le {next}.",
    ),
    "occurrence_legal": (
        "The law asks for {code} by {due}: it may come earlier, not later, and is not skipped.",
        "La loi exige {code} au plus tard le {due} : on peut devancer, ni reporter ni sauter.",
    ),
    "occurrence_past_next": (
        "{to} is not before the next one, of {next}: skip this one instead.",
        "Le {to} n’est pas avant le suivant, du {next} : sautez plutôt celui-ci.",
    ),
    "occurrence_absorbed": (
        "{code} of {due} is done within another order: move that one.",
        "{code} du {due} se fait dans un autre bon : déplacez celui-là.",
    ),
    "occurrence_begun": (
        "The work of {code} has begun ({number}): its crew moves it on.",
        "Le travail de {code} est commencé ({number}) : à son équipe de le faire avancer.",
    ),
}
