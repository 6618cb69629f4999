"""What a check of the network says, in English and in French."""

from asset_model.findings import Words

WORDS: Words = {
    "zero_length": ("{tags}: a line without length", "{tags} : une ligne sans longueur"),
    "self_crossing": ("{tags}: crosses itself", "{tags} : se croise elle-même"),
    "duplicate": ("{tags}: drawn twice", "{tags} : dessinées deux fois"),
    "overlap": (
        "{tags}: lie on each other for {metres} m",
        "{tags} : superposées sur {metres} m",
    ),
    "ends_apart": (
        "{tags}: their ends are {metres} m apart",
        "{tags} : leurs bouts sont à {metres} m l’un de l’autre",
    ),
    "dangle": (
        "{tags}: the first ends {metres} m short of the other",
        "{tags} : la première s’arrête à {metres} m de l’autre",
    ),
    "tee": (
        "{tags}: the first ends on the other, which has no node there",
        "{tags} : la première finit sur l’autre, qui n’y a pas de nœud",
    ),
    "pseudo_node": (
        "{tags}: meet where nothing changes",
        "{tags} : se rejoignent là où rien ne change",
    ),
    "island": (
        "{tags}: {count} line(s) apart from the rest of the network",
        "{tags} : {count} ligne(s) à part du reste du réseau",
    ),
    "wrong_value": ("{tags}: {why}", "{tags} : {why}"),
    "no_diameter": ("{tags}: no diameter", "{tags} : sans diamètre"),
    "hydrant_far": (
        "{tags}: a hydrant {metres} m from every main",
        "{tags} : une borne à {metres} m de toute conduite",
    ),
    "valve_far": (
        "{tags}: a valve {metres} m from every main",
        "{tags} : une vanne à {metres} m de toute conduite",
    ),
    "well": ("Nothing is wrong with the network.", "Rien à redire du réseau."),
    "counts": ("{code}: {count}", "{code} : {count}"),
    "mendable": (
        "{count} can be mended safely: --mend (and --undo takes it back)",
        "{count} se corrigent sans risque : --mend (et --undo revient en arrière)",
    ),
    "mended": (
        "{count} mended; to take it back: voirie check network --undo {file}",
        "{count} corrigés ; pour revenir en arrière : voirie check network --undo {file}",
    ),
    "undone": ("{count} asset(s) are as they were.", "{count} actif(s) comme avant."),
    "kept": (
        "{tag} was changed since, and is left as it is.",
        "{tag} a changé depuis, et reste tel quel.",
    ),
}
