from django.db.models import TextChoices


class Outcome(TextChoices):
    DONE = "done", "fait"
    READ = "read", "lu"
    REFUSED = "refused", "refusé"


class Flaw(TextChoices):
    """What verification finds wrong at one place of the journal."""

    ALTERED = "altered", "Trace modifiée"
    REMOVED = "removed", "Trace retirée"
    INSERTED = "inserted", "Trace ajoutée après coup"
    MOVED = "moved", "Trace déplacée"
    REPLACED = "replaced", "Maillon remplacé"
    CUT = "cut", "Fin de chaîne coupée"
    REWRITTEN = "rewritten", "Chaîne réécrite"
    SEAL = "seal", "Scellé en défaut"
    EARLY = "early", "Segment retiré avant son terme"
