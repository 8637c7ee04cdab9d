"""What a trace tells, in French: the deed, and on what it bore."""

from __future__ import annotations

from fanal.detect.concerns.terms import Step
from fanal.detect.reports.terms import StepKind

# The thing a deed bears on, from the first word of its name.
THINGS = {
    "absence": "Absence",
    "access": "Accès au dossier",
    "concern": "Information préoccupante",
    "document": "Document",
    "evaluation": "Évaluation",
    "handover": "Remise de situations",
    "measure": "Mesure",
    "minor": "Dossier du mineur",
    "report": "Signalement",
    "share": "Partage",
    "shelter": "Mise à l'abri",
    "situation": "Situation",
}
ACTS = {
    "accept": "prise en charge",
    "ask_majority": "majorité à établir",
    "assign": "changement de référent",
    "break_glass": "ouverture en urgence",
    "close": "clôture confirmée",
    "correct_note": "ligne du fil corrigée",
    "dossier": "dossier imprimé",
    "draft": "brouillon commencé",
    "exclude": "personne écartée",
    "exit_interview": "entretien de sortie inscrit",
    "file": "document établi",
    "hand_over": "situations remises",
    "hint": "autre information signalée",
    "letter": "lettre consultée",
    "lift_exclusion": "mise à l'écart levée",
    "majority": "majorité inscrite",
    "make": "une partie du dossier est partagée",
    "merge": "dossiers réunis",
    "note": "ligne ajoutée au fil",
    "open": "situation ouverte",
    "propose_closing": "clôture proposée",
    "read": "consultation",
    "receive": "réception confirmée",
    "reopen": "situation rouverte",
    "return": "partage rendu",
    "review": "accès d'urgence examiné",
    "save": "enregistrement",
    "seal": "mis sous scellé",
    "send": "transmission",
    "send_back_closing": "clôture renvoyée",
    "stand_in": "remplaçant désigné",
    "transfer": "transmission à une autre autorité",
    "undo_merge": "réunion défaite",
    "unseal": "scellé levé",
    "withdraw": "partage retiré",
}
STEPS = {
    "concern": {step.value: str(step.label) for step in Step},
    "report": {step.value: str(step.label) for step in StepKind},
}


def deed_in_words(deed: str) -> str:
    """
    Say a deed of the traces in French; an unknown one is told by the thing it bore on.

    >>> deed_in_words("situation.read")
    'Situation : consultation'
    >>> deed_in_words("concern.evaluate")
    'Évaluation ouverte'
    >>> deed_in_words("measure.of_tomorrow")
    'Mesure'
    """
    thing, _, act = deed.partition(".")
    if step := STEPS.get(thing, {}).get(act):
        return step
    words = [THINGS.get(thing, "Autre acte"), ACTS.get(act, "")]
    return " : ".join(word for word in words if word)
