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
    # Answers in law for what an authority keeps (RGPD, article 24); may delegate the signature.
    CONTROLLER = "controller", "Responsable de traitement"
    # RGPD, article 37: sees the traces, never the files.
    DATA_PROTECTION = "data_protection", "Délégué à la protection des données"


# These roles act for the whole authority; the others see only the files granted to them.
AUTHORITY_WIDE = (Role.CRIP, Role.SUPERVISOR, Role.ON_CALL)
