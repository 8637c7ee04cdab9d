"""Deeds of no file, in words; the others are said by the room that follows the files."""

from fanal.protect.situations.queries.deeds import deed_in_words

DEEDS = {
    "search": "recherche",
    "session.open": "entrée",
    "session.close": "sortie",
    "agent.give_role": "rôle donné",
    "agent.withdraw_role": "rôle retiré",
    "notice.read": "avis ouvert",
    "submission.status": "état d’un envoi demandé par un logiciel",
    "traces.list": "traces consultées",
    "traces.export": "traces exportées",
    "traces.give_code": "code remis au jeune",
    "traces.revoke_code": "code annulé",
    "traces.use_code": "code utilisé par le jeune",
}
LISTS = {
    "concern": "informations préoccupantes",
    "deadline": "échéances",
    "evaluation": "évaluations",
    "report": "signalements",
    "shelter": "mises à l’abri",
    "situation": "situations",
    "submission": "envois",
}


def in_words(deed: str) -> str:
    kind, _, step = deed.partition(".")
    if step in ("list", "export") and kind in LISTS:
        return f"{'liste' if step == 'list' else 'export'} : {LISTS[kind]}"
    # A refusal bears the name of the screen, which is no word for a person.
    if deed.count(".") > 1:
        return "écran ou geste refusé"
    return DEEDS.get(deed) or deed_in_words(deed)
