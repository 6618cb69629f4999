"""The catalogue's part on plans and meters: what is wrong with one, and how to mend it."""

PLAN_SENTENCES: dict[str, tuple[str, str]] = {
    "plan_rule_unreadable": (
        "“{rule}” is not a rule of the calendar ({why}). Write it as FREQ=MONTHLY.",
        "« {rule} » n’est pas une règle de calendrier ({why}). Écrivez FREQ=MONTHLY.",
    ),
    "plan_rule_floats": (
        "A plan that counts from the last time says only how often. Remove {parts}, or fix it.",
        (
            "Un plan qui compte à partir de la dernière fois dit seulement la fréquence. Enlevez"
            " {parts}, ou rendez-le fixe."
        ),
    ),
    "plan_interval_zero": (
        "“{field}” is {value}: a plan comes back every one or more. Write a number above zero.",
        (
            "« {field} » vaut {value} : un plan revient à chaque unité ou plus. Mettez un nombre"
            " plus grand que zéro."
        ),
    ),
    "plan_trigger_unreadable": (
        "The trigger cannot be read: “{field}” should be {expected}.",
        "Le déclencheur est illisible : « {field} » devrait être {expected}.",
    ),
    "plan_season_unreadable": (
        "The season “{season}” cannot be read. Give month and day, such as 09-01 to 11-15.",
        "La saison « {season} » est illisible. Donnez mois et jour, par exemple 09-01 à 11-15.",
    ),
    "plan_without_trigger": (
        "Nothing ever makes this plan due. Give it a calendar, a meter, a condition or an event.",
        (
            "Rien ne rend ce plan exigible. Donnez-lui un calendrier, un compteur, un état ou un"
            " événement."
        ),
    ),
    "plan_never_due": (
        "“{rule}” from {starts_on} gives no day at all. Change the rule, or its first day.",
        "« {rule} » à partir du {starts_on} ne donne aucun jour. Changez la règle ou son début.",
    ),
    "plan_out_of_season": (
        "No day of “{rule}” is in season. Change the rule, or the season.",
        "Aucun jour de « {rule} » n’est en saison. Changez la règle ou la saison.",
    ),
    "plan_two_targets": (
        "The plan names one asset and a class. Keep the one or the other.",
        "Le plan nomme un actif et une catégorie. Gardez l’un ou l’autre.",
    ),
    "plan_filter_without_class": (
        "There is a filter, and no class to filter. Choose the class.",
        "Il y a un filtre, mais aucune catégorie à filtrer. Choisissez la catégorie.",
    ),
    "plan_class_unknown": (
        "There is no asset class “{class_code}”. Choose one of the list.",
        "La catégorie « {class_code} » n’existe pas. Choisissez-en une de la liste.",
    ),
    "plan_filter_unknown": (
        "“{attribute}” is not an attribute of “{class_code}”. It has: {known}.",
        "« {attribute} » n’est pas un attribut de « {class_code} ». Elle a : {known}.",
    ),
    "plan_filter_empty": (
        "No asset of “{class_code}” fits this filter: nothing would come of the plan. Widen it.",
        (
            "Aucun actif « {class_code} » ne correspond à ce filtre : le plan ne donnerait rien."
            " Élargissez-le."
        ),
    ),
    "plan_asset_unknown": (
        "The asset of this plan is not in service here. Choose another one.",
        "L’actif de ce plan n’est pas en service ici. Choisissez-en un autre.",
    ),
    "plan_meter_without_asset": (
        "A plan that reads a meter concerns assets. Choose one, or a class.",
        "Un plan qui lit un compteur concerne des actifs. Choisissez-en un, ou une catégorie.",
    ),
    "plan_meter_missing": (
        "Without a meter “{measure}”: {count} ({tags}). Add it to them, or narrow the filter.",
        "Sans compteur « {measure} » : {count} ({tags}). Ajoutez-le, ou resserrez le filtre.",
    ),
    "plan_lead_too_long": (
        "The lead ({lead}) is not shorter than the interval ({every}): shorten it.",
        "Le préavis ({lead}) n’est pas plus court que l’intervalle ({every}) : raccourcissez-le.",
    ),
    "plan_lead_negative": (
        "“{field}” is {value}. Days before or after are counted from zero up.",
        "« {field} » vaut {value}. Les jours avant ou après se comptent à partir de zéro.",
    ),
    "plan_legal_moves": (
        (
            "A legal date never moves, and a season would move this one. Drop the season, or"
            " fix the calendar."
        ),
        (
            "Une date légale ne bouge jamais, et la saison la déplacerait. Enlevez la saison, ou"
            " rendez le calendrier fixe."
        ),
    ),
    "plan_nests_unknown": (
        "There is no plan “{code}” to nest. Check its code.",
        "Il n’y a pas de plan « {code} » à emboîter. Vérifiez son code.",
    ),
    "plan_nests_itself": (
        "The plan would nest itself ({chain}). Take one of them out.",
        "Le plan s’emboîterait lui-même ({chain}). Enlevez-en un.",
    ),
    "unit_not_in_fleet": (
        "There is no unit “{tag}” in the fleet. Check its number.",
        "Il n’y a pas d’unité « {tag} » dans la flotte. Vérifiez son numéro.",
    ),
    "figure_unknown": (
        "“{figure}” is none of the figures: {known}.",
        "« {figure} » n’est pas un des indicateurs\u00a0: {known}.",
    ),
    "period_unusable": (
        "The period from {first} to {last} cannot be used: it has from 1 to {days} days.",
        "La période du {first} au {last} ne peut servir\u00a0: elle a de 1 à {days} jours.",
    ),
    "office_only": (
        "Only the office may read this. Ask it for a copy.",
        "Seul le bureau peut lire ceci. Demandez-lui une copie.",
    ),
    "storage_backwards": (
        "The storage would end ({ends_on}) before it begins ({begins_on}). Check both days.",
        "Le remisage finirait ({ends_on}) avant de commencer ({begins_on}). Vérifiez les jours.",
    ),
    "storage_overlaps": (
        "The unit is stored from {begins_on} to {ends_on} already. End that period first.",
        "L’unité est déjà remisée du {begins_on} au {ends_on}. Terminez d’abord cette période.",
    ),
    "sheet_defect_open": (
        "Lines that do not conform: {count}. Say of each whether it is repaired, minor or major.",
        "Points non conformes : {count}. Dites de chacun s’il est réparé, mineur ou majeur.",
    ),
    "sheet_in_future": (
        "The sheet is dated {done_on}, which is still to come. Check its date.",
        "La fiche est datée du {done_on}, qui est à venir. Vérifiez sa date.",
    ),
    "sheet_lines_unreadable": (
        "Each line of a sheet has a text and a result: {expected}.",
        "Chaque ligne d’une fiche a un texte et un résultat : {expected}.",
    ),
    "meter_unknown": (
        "This meter is not on this unit. Choose one of its meters.",
        "Ce compteur n’est pas sur cette unité. Choisissez un de ses compteurs.",
    ),
    "reading_in_future": (
        "The reading is dated {taken_at}, which is still to come. Check its date and time.",
        "Le relevé est daté du {taken_at}, qui est à venir. Vérifiez sa date et son heure.",
    ),
    "reading_falls": (
        "The counter would have gone back ({before} → {value}). Check it, or replace the meter.",
        "Le compteur aurait reculé ({before} → {value}). Vérifiez-le, ou remplacez le compteur.",
    ),
    "reading_too_fast": (
        "{gained} since the last reading ({days} d) is over {daily_max} a day. Check the reading.",
        (
            "{gained} depuis le dernier relevé ({days} j), c’est plus de {daily_max} par jour."
            " Vérifiez le relevé."
        ),
    ),
    "reading_outside": (
        "The meter was not on the unit at that time. Check the date, or the meter.",
        "Le compteur n’était pas sur l’unité à ce moment. Vérifiez la date, ou le compteur.",
    ),
}
