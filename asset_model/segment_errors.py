"""The catalogue's part on editing streets and pipes: what is in the way, and how to mend it."""

SEGMENT_SENTENCES: dict[str, tuple[str, str]] = {
    "cut_outside": (
        "“{tag}” is {length} m long: each piece must be a metre at least.",
        "« {tag} » fait {length} m : chaque morceau doit avoir au moins un mètre.",
    ),
    "segment_unknown": (
        "There is no street or pipe “{tag}” in service here.",
        "Il n’y a pas de rue ni de conduite « {tag} » en service ici.",
    ),
    "merge_too_few": (
        "Name two segments or more, each once, in the order in which they follow on.",
        "Nommez au moins deux tronçons, une fois chacun, dans l’ordre où ils se suivent.",
    ),
    "merge_apart": (
        "“{one}” and “{other}” do not touch: {metres} m lie between them. Mend the lines first.",
        "« {one} » et « {other} » ne se touchent pas : {metres} m les séparent. Corrigez-les.",
    ),
    "merge_at_corner": (
        "“{other}” ends where “{tag}” would be joined: that is a corner, and must stay one.",
        "« {other} » finit où « {tag} » serait joint : c’est un carrefour, il doit rester.",
    ),
    "merge_differs": (
        "“{one}” and “{other}” differ in {names}. Mend one, or say whose words stay: --like TAG.",
        "« {one} » et « {other} » diffèrent : {names}. Corrigez, ou choisissez : --like REPÈRE.",
    ),
    "tag_taken": (
        "There is an asset “{tag}” already. Choose another tag.",
        "Il y a déjà un actif « {tag} ». Choisissez un autre repère.",
    ),
    "reverse_one_way": (
        "“{tag}” is one-way along its line: turned, so would its traffic. If so: --traffic-too.",
        "« {tag} » est à sens unique : tourné, son sens le serait aussi. Sinon : --traffic-too.",
    ),
    "realign_unreadable": (
        "The new line cannot be used ({why}). Give a GeoJSON LineString in longitude, latitude.",
        "La nouvelle ligne est inutilisable ({why}). Donnez une LineString en longitude, latitude.",
    ),
    "realign_far": (
        "The new line of “{tag}” goes {metres} m away from the old one. Check the coordinates.",
        "La nouvelle ligne de « {tag} » s’éloigne de {metres} m. Vérifiez les coordonnées.",
    ),
    "segment_moved_on": (
        "“{tag}” has been changed since: the edit cannot be taken back as a whole.",
        "« {tag} » a été changé depuis : la modification ne peut plus être annulée en bloc.",
    ),
    "undo_unreadable": (
        "This file is not one that an edit of segments has written.",
        "Ce fichier n’est pas de ceux que les modifications de tronçons écrivent.",
    ),
}
