"""The choices that attributes of the built-in asset classes offer: code, French, English."""

ROAD_CLASSES = {
    "local": ("Rue locale", "Local street"),
    "minor_collector": ("Collectrice secondaire", "Minor collector"),
    "major_collector": ("Collectrice principale", "Major collector"),
    "minor_arterial": ("Artère secondaire", "Minor arterial"),
    "major_arterial": ("Artère principale", "Major arterial"),
    "highway": ("Autoroute", "Highway"),
    "other": ("Autre", "Other"),
}
SEGMENT_KINDS = {
    "standard": ("Standard", "Standard"),
    "junction": ("Jointure", "Connector"),
    "square_dead_end": ("Cul-de-sac carré", "Square dead end"),
    "round_dead_end": ("Cul-de-sac circulaire", "Cul-de-sac"),
    "ramp": ("Bretelle", "Ramp"),
    "roundabout": ("Carrefour giratoire", "Roundabout"),
    "viaduct": ("Viaduc", "Viaduct"),
    "overpass": ("Passage supérieur", "Overpass"),
    "emergency": ("Voie d’urgence", "Emergency lane"),
    "other": ("Autre", "Other"),
}
SURFACES = {
    "asphalt": ("Enrobé bitumineux", "Asphalt"),
    "concrete": ("Béton", "Concrete"),
    "gravel": ("Gravier", "Gravel"),
    "paving_stone": ("Pavé", "Paving stone"),
}
OWNERS = {
    "municipal": ("Ville", "Town"),
    "private": ("Privé", "Private"),
    "provincial": ("Provincial", "Provincial"),
    "federal": ("Fédéral", "Federal"),
}
HYDRANT_KINDS = {
    "drinking_water": ("Eau potable", "Drinking water"),
    "raw_water": ("Eau brute", "Raw water"),
    "dry": ("Borne sèche", "Dry hydrant"),
}
# NFPA 291 rates hydrants by the flow at 20 psi of residual pressure.
FLOW_CLASSES = {
    "aa": ("AA (bleu, 5 680 L/min et plus)", "AA (blue, 1,500 US gpm and more)"),
    "a": ("A (vert, 3 785 à 5 679 L/min)", "A (green, 1,000 to 1,499 US gpm)"),
    "b": ("B (orange, 1 900 à 3 784 L/min)", "B (orange, 500 to 999 US gpm)"),
    "c": ("C (rouge, moins de 1 900 L/min)", "C (red, below 500 US gpm)"),
}
NETWORKS = {
    "drinking_water": ("Eau potable", "Drinking water"),
    "sanitary": ("Égout sanitaire", "Sanitary sewer"),
    "storm": ("Égout pluvial", "Storm sewer"),
    "combined": ("Égout unitaire", "Combined sewer"),
}
PIPE_MATERIALS = {
    "pvc": ("PVC", "PVC"),
    "hdpe": ("PEHD", "HDPE"),
    "ductile_iron": ("Fonte ductile", "Ductile iron"),
    "cast_iron": ("Fonte grise", "Cast iron"),
    "concrete": ("Béton", "Concrete"),
    "steel": ("Acier", "Steel"),
    "copper": ("Cuivre", "Copper"),
    "asbestos_cement": ("Amiante-ciment", "Asbestos cement"),
    "clay": ("Grès", "Clay"),
    "other": ("Autre", "Other"),
}
VALVE_KINDS = {
    "gate": ("Vanne à passage direct", "Gate valve"),
    "butterfly": ("Vanne papillon", "Butterfly valve"),
    "check": ("Clapet anti-retour", "Check valve"),
    "pressure_reducing": ("Réducteur de pression", "Pressure reducing valve"),
}
VALVE_POSITIONS = {"open": ("Ouverte", "Open"), "closed": ("Fermée", "Closed")}
VALVE_CONDITIONS = {
    "working": ("Fonctionnelle", "Working"),
    "broken": ("Brisée", "Broken"),
    "not_found": ("Introuvable", "Not found"),
}
CLOSING_DIRECTIONS = {
    "clockwise": ("Horaire", "Clockwise"),
    "counterclockwise": ("Antihoraire", "Counterclockwise"),
}
CONNECTION_USES = {
    "dwelling": ("Logement", "Dwelling"),
    "school": ("École ou garderie", "School or day care"),
    "health": ("Santé", "Health care"),
    "seniors": ("Résidence pour aînés", "Seniors’ residence"),
    "business": ("Commerce", "Business"),
    "industry": ("Industrie", "Industry"),
    "public": ("Bâtiment public", "Public building"),
    "other": ("Autre", "Other"),
}
SOURCE_KINDS = {
    "treatment_plant": ("Usine de filtration", "Treatment plant"),
    "reservoir": ("Réservoir", "Reservoir"),
    "well": ("Puits", "Well"),
    "pumping_station": ("Station de surpression", "Booster station"),
    "other_town": ("Raccord à une autre ville", "Connection to another town"),
}
LAMPS = {
    "led": ("DEL", "LED"),
    "sodium": ("Sodium haute pression", "High-pressure sodium"),
    "other": ("Autre", "Other"),
}
SIGN_FAMILIES = {
    "regulatory": ("Prescription", "Regulatory"),
    "warning": ("Danger", "Warning"),
    "guide": ("Indication", "Guide"),
    "works": ("Travaux", "Works"),
}
VEHICLE_KINDS = {
    "pickup": ("Camionnette", "Pickup"),
    "dump_truck": ("Camion à benne", "Dump truck"),
    "plow_truck": ("Camion de déneigement", "Plow truck"),
    "grader": ("Niveleuse", "Grader"),
    "loader": ("Chargeuse", "Loader"),
    "backhoe": ("Rétrocaveuse", "Backhoe loader"),
    "sidewalk_tractor": ("Chenillette à trottoirs", "Sidewalk tractor"),
    "sweeper": ("Balai mécanique", "Sweeper"),
    "vacuum_truck": ("Camion-écureur", "Vacuum truck"),
    "tractor": ("Tracteur routier", "Truck tractor"),
    "tow_truck": ("Dépanneuse", "Tow truck"),
    "minibus": ("Minibus", "Minibus"),
    "bus": ("Autobus", "Bus"),
    "motor_coach": ("Autocar", "Motor coach"),
    "trailer": ("Remorque", "Trailer"),
    "other": ("Autre", "Other"),
}
FUELS = {
    "diesel": ("Diesel", "Diesel"),
    "gasoline": ("Essence", "Gasoline"),
    "electric": ("Électrique", "Electric"),
    "hybrid": ("Hybride", "Hybrid"),
}
ATTACHMENT_KINDS = {
    "plow": ("Chasse-neige", "Plow"),
    "wing": ("Aile de côté", "Wing"),
    "spreader": ("Épandeur", "Spreader"),
    "blower": ("Souffleuse", "Blower"),
}
