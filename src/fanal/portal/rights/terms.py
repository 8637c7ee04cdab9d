from django.db.models import TextChoices


class Kind(TextChoices):
    ACCESS = "access", "accès aux données"
    RECTIFICATION = "rectification", "rectification"


class Asker(TextChoices):
    """Who asks, each in their own name (RGPD art. 15 and 16)."""

    MINOR = "minor", "le mineur, seul"
    HOLDER = "holder", "un titulaire de l’autorité parentale"
    YOUNG_ADULT = "young_adult", "un jeune majeur"


class Way(TextChoices):
    LETTER = "letter", "par courrier"
    DESK = "desk", "au guichet"


class Status(TextChoices):
    RECEIVED = "received", "identité à vérifier"
    IDENTIFIED = "identified", "à préparer par le service"
    PREPARED = "prepared", "à répondre"
    ANSWERED = "answered", "répondue"
    REFUSED = "refused", "refusée"


OPEN = (Status.RECEIVED, Status.IDENTIFIED, Status.PREPARED)


class Withheld(TextChoices):
    """What is not given, and why; the letter says the ground, never the thing."""

    INFORMANT = "informant", "l’identité de la personne qui a alerté (CASF L226-2-2)"
    OTHER_PERSON = "other_person", "ce qui concerne une autre personne (RGPD art. 15, par. 4)"
    DANGER = "danger", "ce qui mettrait l’enfant en danger (C. civ. 375 ; RGPD art. 23)"
    HEALTH = "health", "ce que le mineur garde pour lui en santé (CSP L1111-5)"
    JUDICIAL = "judicial", "ce qui relève de l’autorité judiciaire (CPP art. 11)"


class Field(TextChoices):
    """What a rectification may change by itself; the fil is corrected by a new line of its own."""

    GIVEN_NAMES = "given_names", "prénoms"
    FAMILY_NAME = "family_name", "nom"
    ADDRESS = "address", "adresse"
    SCHOOL = "school", "établissement scolaire"


class StepKind(TextChoices):
    RECORDED = "recorded", "demande enregistrée"
    IDENTIFIED = "identified", "identité vérifiée"
    EXTENDED = "extended", "délai prolongé"
    PREPARED = "prepared", "réponse préparée"
    CORRECTED = "corrected", "rectification faite"
    ANSWERED = "answered", "réponse envoyée"
    REFUSED = "refused", "refus envoyé"
