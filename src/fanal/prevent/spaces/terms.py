"""Words of the directory: what a place is, for whom, who may know of it, what one may need."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices


class Kind(TextChoices):
    NATIONAL_LINE = "ligne_nationale", "Ligne nationale"
    ASSOCIATION = "association_specialisee", "Association spécialisée"
    TEENAGERS = "maison_des_adolescents", "Maison des adolescents"
    LISTENING = "paej", "Point accueil écoute jeunes"
    # CASF L226-3, C. proc. pén. 706-52: one enters it by justice, child protection or a doctor.
    HOSPITAL = "uaped", "Unité d’accueil pédiatrique enfants en danger"
    VICTIMS = "aide_victimes", "Aide aux victimes"
    FAMILY_PLANNING = "planning_familial", "Planning familial"
    SEXUAL_HEALTH = "centre_sante_sexuelle", "Centre de santé sexuelle"
    SCREENING = "cegidd", "Centre de dépistage gratuit"
    RIGHTS = "cidff", "Centre d’information sur les droits"
    YOUTH = "information_jeunesse", "Information jeunesse"


class Audience(TextChoices):
    MINORS = "minors", "Moins de 18 ans"
    FAMILIES = "families", "Familles"
    ADULTS = "adults", "Adultes"
    PROFESSIONALS = "professionals", "Professionnels"


class Tier(TextChoices):
    """Who may know that the service is there."""

    PUBLIC = "public", "Tout le monde"
    PROFESSIONAL = "professional", "Professionnels vérifiés"
    HIDDEN = "hidden", "Jamais montré"


class Status(TextChoices):
    """The four of HSDS 3.0."""

    ACTIVE = "active", "En activité"
    INACTIVE = "inactive", "En pause"
    DEFUNCT = "defunct", "N’existe plus"
    CLOSED = "temporarily closed", "Fermé pour un temps"


class State(TextChoices):
    """How sure a record is."""

    NEVER = "never", "Jamais confirmé"
    STALE = "stale", "Confirmé il y a plus de six mois"
    FRESH = "fresh", "Confirmé depuis moins de six mois"


class Need(TextChoices):
    """What somebody may tick, in plain words; none of them names a person."""

    TALK = "talk", "Parler à quelqu’un"
    HURT = "hurt", "On fait du mal à quelqu’un"
    HEALTH = "health", "Une question de santé"
    RIGHTS = "rights", "Connaître ses droits"
    FAMILY = "family", "Être aidé comme parent ou proche"


# A place is offered for what its network does: a kind, and no judgement on one house.
KINDS_FOR: dict[str, tuple[Kind, ...]] = {
    Need.TALK: (Kind.TEENAGERS, Kind.LISTENING, Kind.ASSOCIATION, Kind.YOUTH),
    Need.HURT: (Kind.VICTIMS, Kind.ASSOCIATION, Kind.TEENAGERS, Kind.RIGHTS),
    Need.HEALTH: (Kind.SEXUAL_HEALTH, Kind.FAMILY_PLANNING, Kind.SCREENING, Kind.TEENAGERS),
    Need.RIGHTS: (Kind.RIGHTS, Kind.VICTIMS, Kind.YOUTH),
    Need.FAMILY: (Kind.TEENAGERS, Kind.LISTENING, Kind.ASSOCIATION, Kind.RIGHTS),
}

# Short numbers of the national plan: facts of the State, that no person has to confirm.
STATE_NUMBERS = ("17", "112", "114", "116 000", "116 006", "119", "3018", "3919")

# What a person confirms field by field; until then nobody but the keepers reads these.
TO_CONFIRM = ("phone", "website", "address", "hours", "description")
# What is shown from the source, and may be confirmed as well.
CONFIRMABLE = (*TO_CONFIRM, "name", "audiences", "ages", "languages", "access")
# As the keepers read them.
SAID = {
    "phone": "Téléphone",
    "website": "Site",
    "address": "Adresse",
    "hours": "Horaires",
    "description": "Ce qui s’y passe",
    "name": "Nom",
    "audiences": "Pour qui",
}

# Past this a record is flagged, and ranked lower.
FRESH = timedelta(days=180)
