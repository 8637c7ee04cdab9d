"""The links of the main menu, in the order in which a day's work meets them."""

from fanal.ground.access.terms import Right
from fanal.ground.shell.navigation import Entry, register

ENTRIES = (
    Entry("Mon bureau", "desks:home", "layout-dashboard", None, 10),
    Entry("Transmettre", "concerns:start", "send", Right.WRITE_CONCERNS, 20),
    Entry("Repérer", "screening:grid", "eye", Right.SCREEN, 25),
    Entry("Mes envois", "concerns:sent", "inbox", Right.WRITE_CONCERNS, 30),
    Entry("Informations", "concerns:list", "clipboard-list", Right.READ_CONCERNS, 40),
    Entry("Évaluations", "concerns:evaluations", "clipboard-check", Right.EVALUATE_CONCERNS, 50),
    Entry("Signalements", "reports:list", "scale", Right.SEND_REPORTS, 60),
    Entry("Signalements reçus", "reports:inbox", "gavel", Right.ANSWER_REPORTS, 60),
    Entry("Situations", "situations:list", "users", Right.FOLLOW_SITUATIONS, 70),
    Entry("Échéances", "measures:clocks", "calendar-clock", Right.FOLLOW_SITUATIONS, 80),
)


def fill_menu() -> None:
    for entry in ENTRIES:
        register(entry)
