from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    CHILD_WELFARE = "child_welfare", "Protection de l'enfance"
    PROSECUTION = "prosecution", "Parquet des mineurs"
    SCHOOL = "school", "Établissement scolaire"
    HEALTH = "health", "Santé"
    POLICE = "police", "Police ou gendarmerie"
    HELPLINE = "helpline", "119"
    ASSOCIATION = "association", "Association"
    OTHER = "other", "Autre"


class Role(TextChoices):
    AUTHOR = "author", "Professionnel qui transmet"
    CRIP = "crip", "CRIP"
    EVALUATOR = "evaluator", "Évaluateur"
    REFERENT = "referent", "Référent ASE"
    SUPERVISOR = "supervisor", "Cadre de la protection de l'enfance"
    ON_CALL = "on_call", "Astreinte"
    PARQUET = "parquet", "Parquet des mineurs"
    ADMINISTRATOR = "administrator", "Administrateur"


# These roles act for the whole authority; the others see only the files granted to them.
AUTHORITY_WIDE = (Role.CRIP, Role.SUPERVISOR, Role.ON_CALL)
