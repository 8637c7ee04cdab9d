from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    CHILD_WELFARE = "child_welfare", "Protection de l'enfance"
    PROSECUTION = "prosecution", "Parquet des mineurs"
    SCHOOL = "school", "Établissement scolaire"
    HEALTH = "health", "Santé"
    POLICE = "police", "Police ou gendarmerie"
    HELPLINE = "helpline", "119"
    ASSOCIATION = "association", "Association"
    PREFECTURE = "prefecture", "Préfecture de département"
    NATIONAL = "national", "Pilotage national"
    OTHER = "other", "Autre"


def organisation_kind_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return OrganisationKind.choices


class Role(TextChoices):
    AUTHOR = "author", "Professionnel qui transmet"
    CRIP = "crip", "CRIP"
    EVALUATOR = "evaluator", "Évaluateur"
    REFERENT = "referent", "Référent ASE"
    SUPERVISOR = "supervisor", "Cadre de la protection de l'enfance"
    ON_CALL = "on_call", "Astreinte"
    PARQUET = "parquet", "Parquet des mineurs"
    ADMINISTRATOR = "administrator", "Administrateur"
    # Answers in law for what an authority keeps (RGPD, article 24); may delegate the signature.
    CONTROLLER = "controller", "Responsable de traitement"
    # RGPD, article 37: sees the traces, never the files.
    DATA_PROTECTION = "data_protection", "Délégué à la protection des données"
    LISTENER = "listener", "Écoutant"
    COORDINATOR = "coordinator", "Coordinateur"
    DIRECTORY = "directory", "Personne de l'annuaire"
    # Reads what hosts and hotels of one département tell the police of.
    CONTACT_POINT = "contact_point", "Point de contact des hébergements"
    RECEPTION = "reception", "Accueil d'un lieu"
    # Reads counts and no file: of one département, or of all of them.
    STEERING = "steering", "Pilotage du plan"


def role_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return Role.choices


# These roles act for the whole authority; the others see only the files granted to them.
AUTHORITY_WIDE = (Role.CRIP, Role.SUPERVISOR, Role.ON_CALL)

# These watch over access itself: an administrator gives them only with a second one.
GIVEN_BY_TWO = (Role.ADMINISTRATOR, Role.CONTROLLER, Role.DATA_PROTECTION)


class LinkKind(TextChoices):
    FIRST = "first", "Première connexion"
    AGAIN = "again", "Réinscription"


class RequestKind(TextChoices):
    POSTING = "posting", "Rôle sensible"
    WITHDRAWAL = "withdrawal", "Retrait d'un rôle sensible"
    REENROL = "reenrol", "Second facteur perdu"


class Answer(TextChoices):
    CONFIRMED = "confirmed", "confirmée"
    DECLINED = "declined", "refusée"


EVERYWHERE = (Role.AUTHOR, Role.ADMINISTRATOR, Role.DATA_PROTECTION)
# What may be held in a body of each kind: a school's administrator makes no CRIP.
HELD_IN: dict[str, tuple[Role, ...]] = {
    OrganisationKind.CHILD_WELFARE: (
        Role.CRIP,
        Role.EVALUATOR,
        Role.REFERENT,
        Role.SUPERVISOR,
        Role.ON_CALL,
        Role.CONTROLLER,
        *EVERYWHERE,
    ),
    OrganisationKind.HELPLINE: (Role.LISTENER, Role.COORDINATOR, *EVERYWHERE),
    OrganisationKind.ASSOCIATION: (Role.DIRECTORY, Role.RECEPTION, *EVERYWHERE),
    OrganisationKind.HEALTH: (Role.RECEPTION, *EVERYWHERE),
    OrganisationKind.OTHER: (Role.RECEPTION, *EVERYWHERE),
    OrganisationKind.POLICE: (Role.CONTACT_POINT, *EVERYWHERE),
    OrganisationKind.PREFECTURE: (Role.STEERING, *EVERYWHERE),
    OrganisationKind.NATIONAL: (Role.STEERING, *EVERYWHERE),
    OrganisationKind.PROSECUTION: (Role.PARQUET, Role.ADMINISTRATOR, Role.DATA_PROTECTION),
}


def held_in(kind: str) -> tuple[Role, ...]:
    return HELD_IN.get(kind, EVERYWHERE)
