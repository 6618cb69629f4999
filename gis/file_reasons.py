"""Why a whole file or mapping is refused: English, French, and how to mend it in both."""

RENAME = "Correct the file or the mapping; “ignored” lists the columns to skip."
RENAME_FR = "Corrigez le fichier ou la correspondance ; « ignored » liste les colonnes à sauter."
CORRECT = "Correct this line of the file."
CORRECT_FR = "Corrigez cette ligne du fichier."

FILE_REASONS: dict[str, tuple[str, str, str, str]] = {
    # code: (English, French, how to mend it, comment le corriger)
    "file_missing": (
        "There is no file {path}.",
        "Il n’y a pas de fichier {path}.",
        "Check the name and the folder.",
        "Vérifiez le nom et le dossier.",
    ),
    "file_folder": (
        "{path} is a folder: a file is wanted.",
        "{path} est un dossier : il faut un fichier.",
        "Name a file in it.",
        "Nommez un fichier qui s’y trouve.",
    ),
    "file_encoding": (
        "The file “{file}” is not UTF-8 (line {line}).",
        "Le fichier « {file} » n’est pas en UTF-8 (ligne {line}).",
        "Save it again as UTF-8.",
        "Enregistrez-le de nouveau en UTF-8.",
    ),
    "file_kind": (
        "Files of the kind “{suffix}” are not read here.",
        "Les fichiers de type « {suffix} » ne sont pas lus ici.",
        "Give one of: {known}.",
        "Donnez l’un de ceux-ci : {known}.",
    ),
    "file_unreadable": (
        "The file {path} cannot be read: {why}",
        "Le fichier {path} est illisible : {why}",
        "Open it in QGIS or a spreadsheet and save it again.",
        "Ouvrez-le dans QGIS ou un tableur et enregistrez-le de nouveau.",
    ),
    "file_empty": (
        "The file {path} has no rows.",
        "Le fichier {path} n’a aucune ligne.",
        "Export it again.",
        "Exportez-le de nouveau.",
    ),
    "layers_several": (
        "The file {path} has several layers: {known}.",
        "Le fichier {path} a plusieurs couches : {known}.",
        'Name one in the mapping: [geometry] layer = "…".',
        'Nommez-en une dans la correspondance : [geometry] layer = "…".',
    ),
    "layer_unknown": (
        "There is no layer “{layer}”; there are: {known}.",
        "Il n’y a pas de couche « {layer} » ; il y a : {known}.",
        "Correct “layer” in the mapping.",
        "Corrigez « layer » dans la correspondance.",
    ),
    "json_plain": (
        "The file {path} is JSON without shapes: records, not places.",
        "Le fichier {path} est du JSON sans formes : des fiches, pas des endroits.",
        "Export it as GeoJSON, or join it to the segments it speaks of.",
        "Exportez-le en GeoJSON, ou joignez-le aux tronçons dont il parle.",
    ),
    "inp_syntax": (
        "Line {line} of the model {path} cannot be understood: {text}",
        "La ligne {line} du modèle {path} est incompréhensible : {text}",
        "Open it in EPANET or SWMM, mend it, and save it again.",
        "Ouvrez-le dans EPANET ou SWMM, corrigez-le et enregistrez-le de nouveau.",
    ),
    "places_none": (
        "Nothing in the file says where its rows are; its columns are: {columns}.",
        "Rien dans le fichier ne dit où sont ses lignes ; ses colonnes : {columns}.",
        "Export it with a column of WKT, or of longitude and latitude.",
        "Exportez-le avec une colonne WKT, ou de longitude et de latitude.",
    ),
    "header_is_data": (
        "The first line holds data (“{value}”) where the names of the columns should be.",
        "La première ligne contient des données (« {value} ») au lieu des noms de colonnes.",
        "Add a line of names above it.",
        "Ajoutez une ligne de noms au-dessus.",
    ),
    "header_late": (
        "The first line has {found} cells and most others {wanted}: it is a title.",
        "La première ligne a {found} cellules et la plupart des autres {wanted} : c’est un titre.",
        "Take out what is above the names of the columns, which seem to be in line {first}.",
        "Retirez ce qui précède les noms de colonnes, qui semblent être à la ligne {first}.",
    ),
    "header_generic": (
        "The columns have made-up names (“{column}”); the next line was taken for their names.",
        "Les colonnes ont des noms inventés (« {column} ») ; la ligne suivante les nomme.",
        "Nothing is to be done if that is right.",
        "Rien à faire si c’est juste.",
    ),
    "names_cut": (
        "Column names are cut to ten characters, as shapefiles do; “{found}” is “{wanted}”.",
        "Les noms sont coupés à dix caractères (shapefile) ; « {found} » : « {wanted} ».",
        "Nothing is to be done if that is right.",
        "Rien à faire si c’est juste.",
    ),
    "encoding_guessed": (
        "The text is not UTF-8; it was read as {encoding}.",
        "Le texte n’est pas en UTF-8 ; il a été lu en {encoding}.",
        "Look at the accents of a few names.",
        "Regardez les accents de quelques noms.",
    ),
    "encoding_mended": (
        "The file lies about its encoding (“Ã©” for “é”); the accents were put right.",
        "Le fichier ment sur son encodage (« Ã© » pour « é ») ; les accents ont été corrigés.",
        "Look at the accents of a few names.",
        "Regardez les accents de quelques noms.",
    ),
    "encoding_broken": (
        "The text is UTF-8 with broken bytes; “\ufffd” stands where a letter is lost.",
        "Le texte est en UTF-8 avec des octets abîmés ; « \ufffd » remplace une lettre perdue.",
        "Mend those cells in the file.",
        "Corrigez ces cellules dans le fichier.",
    ),
    "quote_unclosed": (
        "A quote that opens in row {first} is never closed.",
        "Un guillemet ouvert à la ligne {first} n’est jamais fermé.",
        "Close it; until then no row after it can be told from the next.",
        "Fermez-le ; d’ici là, on ne peut pas distinguer les lignes suivantes.",
    ),
    "header_repeated": (
        "The column “{column}” is there twice.",
        "La colonne « {column} » est là deux fois.",
        "Rename one of the two.",
        "Renommez l’une des deux.",
    ),
    "column_missing": (
        "The column “{column}” that the mapping “{mapping}” needs is not in the file.",
        "La colonne « {column} », exigée par la correspondance « {mapping} », est absente.",
        RENAME,
        RENAME_FR,
    ),
    "column_unknown": (
        "The column “{column}” is unknown to the mapping “{mapping}”.",
        "La colonne « {column} » est inconnue de la correspondance « {mapping} ».",
        RENAME,
        RENAME_FR,
    ),
    "mapping_none": (
        "No mapping is known for assets of the class “{class_code}”.",
        "Aucune correspondance n’est connue pour les actifs de la classe « {class_code} ».",
        "Write one and give it with --mapping; there are mappings for: {known}.",
        "Écrivez-en une et donnez-la avec --mapping ; il y en a pour : {known}.",
    ),
    "mapping_unfit": (
        "No mapping for “{class_code}” is made for this file; its columns are: {columns}.",
        "Aucune correspondance pour « {class_code} » ne convient aux colonnes : {columns}.",
        "Write a mapping for it and give it with --mapping; start from {closest}.",
        "Écrivez-lui une correspondance et donnez-la avec --mapping ; partez de {closest}.",
    ),
    "mapping_several": (
        "Several mappings fit the columns of this file: {known}.",
        "Plusieurs correspondances conviennent aux colonnes de ce fichier : {known}.",
        "Choose one with --mapping.",
        "Choisissez-en une avec --mapping.",
    ),
    "mapping_class": (
        "The mapping “{mapping}” is for “{found}”, not for “{wanted}”.",
        "La correspondance « {mapping} » est pour « {found} », et non pour « {wanted} ».",
        "Give another mapping, or --as {found}.",
        "Donnez une autre correspondance, ou --as {found}.",
    ),
    "mapping_syntax": (
        "The file “{mapping}” is not TOML: {why}.",
        "Le fichier « {mapping} » n’est pas du TOML : {why}.",
        CORRECT,
        CORRECT_FR,
    ),
    "mapping_key_unknown": (
        "The file “{mapping}” has “{key}”, which means nothing here.",
        "Le fichier « {mapping} » a « {key} », qui n’a pas de sens ici.",
        CORRECT,
        CORRECT_FR,
    ),
    "mapping_key_missing": (
        "The file “{mapping}” lacks “{key}”.",
        "Il manque « {key} » au fichier « {mapping} ».",
        "Add it.",
        "Ajoutez-le.",
    ),
    "mapping_key_type": (
        "In the file “{mapping}”, “{key}” must be {wanted}.",
        "Dans le fichier « {mapping} », « {key} » doit être {wanted_fr}.",
        CORRECT,
        CORRECT_FR,
    ),
    "class_unplaced": (
        "Assets of the class “{class_code}” have no place on the map.",
        "Les actifs de la classe « {class_code} » n’ont pas d’endroit sur la carte.",
        "Take [geometry] out of the mapping, or choose another class.",
        "Retirez [geometry] de la correspondance, ou choisissez une autre classe.",
    ),
    "attribute_unknown": (
        "The mapping “{mapping}” fills “{key}”, which the class “{class_code}” does not have.",
        "La correspondance « {mapping} » remplit « {key} », absent de la classe « {class_code} ».",
        "A town may also add the attribute to the class.",
        "La ville peut aussi ajouter l’attribut à la classe.",
    ),
    "attribute_value": (
        "The mapping “{mapping}” gives “{key}” the value {value}, which its class does not allow.",
        "La correspondance « {mapping} » met dans « {key} » {value}, refusé par sa classe.",
        CORRECT,
        CORRECT_FR,
    ),
    "crs_missing": (
        "The file does not say which coordinate system its coordinates are in.",
        "Le fichier ne dit pas dans quel système de coordonnées il est.",
        'Ask who made it, and name it in the mapping: [geometry] crs = "EPSG:2951".',
        'Demandez à son auteur et nommez-le dans la correspondance : [geometry] crs = "EPSG:2951".',
    ),
    "crs_unknown": (
        "“{crs}” is not a coordinate system.",
        "« {crs} » n’est pas un système de coordonnées.",
        "Write it as EPSG:32189, for instance.",
        "Écrivez-le comme ceci : EPSG:32189.",
    ),
    "crs_disagrees": (
        "The file is in {found}, and its mapping says {wanted}.",
        "Le fichier est en {found}, et sa correspondance dit {wanted}.",
        "Take “crs” out of the mapping if the file is right.",
        "Retirez « crs » de la correspondance si le fichier a raison.",
    ),
    "datum_nad83": (
        "The coordinates were read as NAD83 ({crs}), about 1 m from NAD83(CSRS).",
        "Les coordonnées ont été lues en NAD83 ({crs}), à environ 1 m du NAD83(SCRS).",
        "If its author says NAD83(CSRS), import it with --crs {other}.",
        "Si son auteur dit NAD83(SCRS), importez-le avec --crs {other}.",
    ),
    "town_far": (
        "{count} of {total} rows are {km} km from everything that the town has.",
        "{count} lignes sur {total} sont à {km} km de tout ce que la ville possède.",
        "Check the coordinate system; if they are right, import with --elsewhere.",
        "Vérifiez le système de coordonnées ; s’il est juste, importez avec --elsewhere.",
    ),
    "crs_wrong": (
        "Read as {crs}, {count} of {total} rows are out of place; the first is at ({x}, {y}).",
        "Lues en {crs}, {count} lignes sur {total} sont hors de place ; la première : ({x}, {y}).",
        "Name the right coordinate system in the mapping; these would fit: {candidates}.",
        "Nommez le bon système dans la correspondance ; ceux-ci conviendraient : {candidates}.",
    ),
}
