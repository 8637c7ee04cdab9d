from django.db.models import TextChoices


class Then(TextChoices):
    """What becomes of a thing whose time has come."""

    ERASE = "erase", "effacer"
    ARCHIVE = "archive", "verser en archive intermédiaire"
    PSEUDONYMISE = "pseudonymise", "pseudonymiser"
    # Public archives are never destroyed without the archivist's visa (C. patrimoine L212-2).
    PROPOSE = "propose", "proposer au service d’archives"


class RuleCode(TextChoices):
    ANONYMOUS_CONTACT = "anonymous_contact", "Contact anonyme"
    CONTACT_WITH_CONCERN = "contact_with_concern", "Contact suivi d’une information préoccupante"
    UNCONFIRMED_OBSERVATION = "unconfirmed_observation", "Observation non confirmée"
    CONCERN_WITHOUT_FOLLOW_UP = "concern_without_follow_up", "Information préoccupante close"
    FOLLOW_UP = "follow_up", "Suivi de la protection de l’enfance"
    RUNAWAY = "runaway", "Épisode de fugue"
    DRAFT = "draft", "Brouillon"
    RECEIPT = "receipt", "Récépissé de transmission"
    CHAT = "chat", "Conversation en ligne"
    ROSTER = "roster", "Planning de l’écoute"
    PHONE_CALL = "phone_call", "Journal des appels"
    CALL_BACK = "call_back", "Rappel à faire"
    PRESENCE = "presence", "Présence et contacts difficiles"
    LETTER = "letter", "Lettre reçue par le formulaire"
    QUESTION = "question", "Question de l’espace d’échange"
    LODGING_ALERT = "lodging_alert", "Alerte d’un hébergement"
    BOOKING = "booking", "Rendez-vous sans nom"
    DOUBT = "directory_doubt", "Doute sur un lieu de l’annuaire"
    AMENDMENT = "directory_amendment", "Proposition d’un lieu de l’annuaire"
    CONFIRMATION = "directory_link", "Lien de confirmation d’un lieu"
    ACCESS_LOG = "access_log", "Traces d’accès"
    GRANT_ACCOUNT = "grant_account", "Subventions et comptes"
    RIGHTS_REQUEST = "rights_request", "Demande d’exercice de droits"
    ARCHIVED_FILE = "archived_file", "Dossier en archive intermédiaire"


# Under this number a count is not published (domain, publication of counts).
THRESHOLD = 11
# A case file, as the list of what went names it.
FILE = "access.casefile"
