"""The words of the territory, and what is said where Fanal does not route."""

from django.db.models import TextChoices


class AuthorityKind(TextChoices):
    DEPARTEMENT = "departement", "Département"
    METROPOLE = "metropole", "Métropole"
    PARTICULAR_STATUS = (
        "collectivite_statut_particulier",
        "Collectivité à statut particulier",
    )
    EUROPEAN = "collectivite_europeenne", "Collectivité européenne"
    SINGLE = "collectivite_unique", "Collectivité territoriale unique"
    OVERSEAS = "collectivite_outre_mer", "Collectivité d'outre-mer"


class Basis(TextChoices):
    """How sure we are that this body holds child welfare on that territory."""

    COG = "cog", "Code officiel géographique"
    COG_AND_ISO = "cog_iso", "Code officiel géographique et norme ISO 3166-2"
    GENERAL_KNOWLEDGE = (
        "general_knowledge",
        "Connaissance générale, à faire relire par un juriste",
    )


class CourtKind(TextChoices):
    TJ = "tj", "Tribunal judiciaire"
    TPI = "tpi", "Tribunal de première instance"


class AppealCourtKind(TextChoices):
    COUR_APPEL = "cour_appel", "Cour d'appel"
    TSA = "tsa", "Tribunal supérieur d'appel"


class CommuneStatus(TextChoices):
    CURRENT = "current", "Commune actuelle"
    ARRONDISSEMENT = "arrondissement", "Arrondissement municipal"
    FORMER = "former", "Ancienne commune, déléguée ou associée"


_DANGER = "En danger immédiat, appelez le 17 (police ou gendarmerie)."
_PERHAPS_119 = (
    "Essayez aussi le 119 ; nous n'avons pas vérifié qu'il répond depuis tout ce territoire."
)
_UNINHABITED = (
    "Ce territoire n'a pas d'habitants permanents. "
    "Indiquez la commune où le mineur vit ou se trouve."
)

# By the first three characters of a commune's code. Child welfare is not a département's there,
# and the code de l'action sociale et des familles does not say who receives a concern: a wrong
# proposal would be worse than none. No local number: none of those found could be confirmed.
OUTSIDE_SCOPE = {
    "984": _UNINHABITED,
    "986": (
        "Fanal n'oriente pas vers Wallis-et-Futuna. "
        f"{_DANGER} Transmettez à la permanence du parquet de Mata-Utu ou au service social "
        f"territorial, que l'administration supérieure vous indiquera. {_PERHAPS_119}"
    ),
    "987": (
        "Fanal n'oriente pas vers la Polynésie française, où la protection de l'enfance relève "
        f"du Pays. {_DANGER} Sinon, appelez le 119, ou transmettez à la cellule de recueil des "
        "informations préoccupantes de la direction des solidarités, de la famille et de "
        "l'égalité ; si les faits sont graves, à la permanence du parquet de Papeete. "
        "Le haut-commissariat vous indiquera leurs coordonnées."
    ),
    "988": (
        "Fanal n'oriente pas vers la Nouvelle-Calédonie, où la protection de l'enfance relève "
        f"de chaque province. {_DANGER} Transmettez au service des informations signalantes de "
        "la province où vit le mineur (Sud, Nord ou Îles Loyauté) ; si les faits sont graves, à "
        "la permanence du parquet de Nouméa. Le haut-commissariat vous indiquera leurs "
        f"coordonnées. {_PERHAPS_119}"
    ),
    "989": _UNINHABITED,
}
