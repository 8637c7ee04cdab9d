"""The menu's links to the rooms that enter none by themselves, in the order of a day's work."""

from fanal.ground.access.terms import Right
from fanal.ground.shell.navigation import Entry, register

ENTRIES = (
    Entry("Mon bureau", "desks:home", "layout-dashboard", None, 10),
    Entry("Informations", "concerns:list", "clipboard-list", Right.READ_CONCERNS, 20),
    Entry("Évaluations", "concerns:evaluations", "clipboard-check", Right.EVALUATE_CONCERNS, 22),
    Entry("Signalements", "reports:list", "scale", Right.SEND_REPORTS, 24),
    Entry("Signalements reçus", "reports:inbox", "gavel", Right.ANSWER_REPORTS, 24),
    Entry("Contrôle des accès", "access:openings", "shield-check", Right.REVIEW_ACCESS, 40),
    Entry("Transmettre", "concerns:start", "send", Right.WRITE_CONCERNS, 60),
    Entry("Repérer", "screening:grid", "eye", Right.SCREEN, 61),
    Entry("Partages reçus", "access:received", "inbox", None, 70),
    Entry("Accès d’urgence", "access:glass", "key-round", Right.BREAK_GLASS, 71),
)


def fill_menu() -> None:
    for entry in ENTRIES:
        register(entry)
