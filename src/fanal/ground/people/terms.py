from django.db.models import TextChoices


class Sex(TextChoices):
    FEMALE = "F", "fille"
    MALE = "M", "garçon"
    OTHER = "X", "autre"
    UNKNOWN = "unknown", "non précisé"


class BirthPrecision(TextChoices):
    DAY = "day", "date connue"
    AGE = "age", "âge estimé"


class TieKind(TextChoices):
    SIBLING = "sibling", "frère ou sœur"
    HOUSEHOLD = "household", "même foyer"
