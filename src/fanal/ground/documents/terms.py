"""The words of the letters: what they are, and the few choices that change their sentences."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """The value is also the name of the template: ``letters/<value>.typ``."""

    ACKNOWLEDGEMENT = "acknowledgement", "Accusé de réception"
    PARENTS_LETTER = "parents_letter", "Information des parents"
    PARENTS_EXCEPTION = "parents_exception", "Note motivée : parents non informés"
    TRANSFER_NOTICE = "transfer_notice", "Information des parents : transmission du dossier"
    OUTCOME = "outcome", "Suite donnée à votre transmission"
    EVALUATION_REPORT = "evaluation_report", "Rapport d'évaluation"
    REPORT = "report", "Signalement au procureur de la République"
    HANDOVER_RECEIPT = "handover_receipt", "Reçu de remise de situations"
    DOSSIER = "dossier", "Dossier du mineur"
    SHELTER_PARENTS = "shelter_parents", "Information des parents : mise à l'abri"
    RIGHTS_ANSWER = "rights_answer", "Réponse à votre demande sur vos données"
    SHELTER_PROSECUTOR = "shelter_prosecutor", "Avis au procureur : mise à l'abri"


def kind_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return Kind.choices


class Answer(TextChoices):
    """When the person who passed a concern on is told its outcome (L226-5 CASF)."""

    UNASKED = "unasked", "sans demande"
    ON_REQUEST = "on_request", "sur demande"


class Outcome(TextChoices):
    """The outcome, and nothing but the outcome (L226-5 CASF)."""

    NO_FURTHER_ACTION = "no_further_action", "Sans suite"
    COMMON_LAW_REFERRAL = "common_law_referral", "Orientation vers les services de droit commun"
    ADMIN_MEASURE = "admin_measure", "Accompagnement par le service"
    REPORT_TO_PROSECUTOR = "report_to_prosecutor", "Saisine de l'autorité judiciaire"


class Ground(TextChoices):
    """Why the procureur is told (L226-4 I CASF)."""

    MEASURES_FAILED = (
        "measures_failed",
        "Les mesures déjà prises n'ont pas permis de remédier à la situation (1°).",
    )
    FAMILY_REFUSES = (
        "family_refuses",
        "Les mesures ne peuvent être mises en place : la famille refuse l'intervention du service "
        "ou n'est pas en mesure de collaborer avec lui (2°).",
    )
    GRAVE_AND_IMMEDIATE = (
        "grave_and_immediate",
        "Le danger est grave et immédiat, notamment dans une situation de maltraitance (3°).",
    )
    CANNOT_BE_EVALUATED = (
        "cannot_be_evaluated",
        "Le mineur est présumé en danger et il est impossible d'évaluer sa situation.",
    )


class Exploitation(TextChoices):
    NONE = "none", "Non évoquée"
    SUSPECTED = "suspected", "Suspectée"
    CONFIRMED = "confirmed", "Avérée"
