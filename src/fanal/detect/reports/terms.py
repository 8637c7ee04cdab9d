"""Words of the signalement; each ground and each recipient with its article."""

from django.db.models import TextChoices

from fanal.ground.documents.terms import Ground

__all__ = [
    "AWAITING_RETURN",
    "COURSE",
    "PARENTS_BASIS",
    "RETURN_BASIS",
    "SUBJECT_KIND",
    "TAKES_OUTCOMES",
    "CopyKind",
    "Ground",
    "OutcomeKind",
    "Status",
    "StepKind",
]

# What the clocks of the deadlines room call a signalement.
SUBJECT_KIND = "report"
# « Dès que possible » (L226-4): the reminder's article, said beside its clock.
RETURN_BASIS = "Art. L226-4 CASF"
PARENTS_BASIS = "Art. L226-5 al. 3 CASF"


class Status(TextChoices):
    DRAFT = "draft", "en préparation"
    SENT = "sent", "adressé au parquet"
    ACKNOWLEDGED = "acknowledged", "reçu par le parquet"
    INFORMED_BACK = "informed_back", "suites connues"
    CLOSED = "closed", "clôturé"


# The only way forward, one step at a time.
COURSE = (
    Status.DRAFT,
    Status.SENT,
    Status.ACKNOWLEDGED,
    Status.INFORMED_BACK,
    Status.CLOSED,
)
# The département waits for the parquet to say what it decided.
AWAITING_RETURN = (Status.SENT, Status.ACKNOWLEDGED)
# An outcome may be learnt late, as long as somebody still watches.
TAKES_OUTCOMES = (Status.ACKNOWLEDGED, Status.INFORMED_BACK)


class OutcomeKind(TextChoices):
    """What the parquet decides. Several may stand together."""

    EPO_ORDERED = "epo_ordered", "Ordonnance de placement provisoire"
    JUDGE_SEISED = "judge_seised", "Juge des enfants saisi"
    ENQUIRY_OPENED = "enquiry_opened", "Enquête ouverte"
    RETURNED_TO_DEPARTMENT = "returned_to_department", "Renvoyé à la protection administrative"
    NO_ACTION = "no_action", "Sans suite judiciaire"


class CopyKind(TextChoices):
    """Who else is sent the signalement."""

    DEPARTMENT = "department", "Président du conseil départemental (art. L226-4 II CASF)"
    EDUCATION = "education", "Direction des services de l'Éducation nationale (DSDEN)"
    CHILDREN_JUDGE = "children_judge", "Juge des enfants déjà saisi"
    CHILD_WELFARE = "child_welfare", "Service de l'aide sociale à l'enfance"
    OTHER = "other", "Autre destinataire"


class StepKind(TextChoices):
    SENT = "sent", "Signalement adressé au parquet"
    ACKNOWLEDGED = "acknowledged", "Reçu par le parquet"
    OUTCOME = "outcome", "Suite donnée par le parquet"
    PARENTS_ALLOWED = "parents_allowed", "Le parquet permet d'informer les parents"
    PARENTS_TOLD = "parents_told", "Parents informés par écrit"
    RELANCED = "relanced", "Parquet relancé"
    INFORMED_BACK = "informed_back", "Suites connues du département"
    CLOSED = "closed", "Signalement clôturé"
