"""Deeds of no file, in words; the others are said by the room that follows the files."""

from fanal.portal.rights.terms import StepKind
from fanal.protect.situations.queries.deeds import deed_in_words

DEEDS = {
    "agent.accept_link": "invitation acceptée",
    "agent.ask_posting": "rôle sensible demandé",
    "agent.ask_reenrol": "réinscription demandée",
    "agent.close_sessions": "sessions d’un agent fermées",
    "agent.export": "liste des comptes exportée",
    "agent.give_role": "rôle donné",
    "agent.invite": "agent invité",
    "agent.invite_again": "invitation renvoyée",
    "agent.invite_first": "premier administrateur invité",
    "agent.posting_confirmed": "rôle sensible confirmé",
    "agent.posting_declined": "rôle sensible refusé",
    "agent.reenrol_confirmed": "réinscription confirmée",
    "agent.reenrol_declined": "réinscription refusée",
    "agent.resume": "compte rouvert",
    "agent.suspend": "compte suspendu",
    "block.confirm": "blocage confirmé",
    "block.forget": "blocages terminés effacés",
    "block.lift": "blocage levé",
    "block.list": "blocages consultés",
    "block.set": "blocage posé",
    "chat.answer": "réponse dans une conversation",
    "chat.close": "conversations fermées sans nouvelles",
    "chat.end": "conversation terminée",
    "chat.give_back": "conversation rendue",
    "chat.hand": "coordinateur appelé",
    "chat.leave": "conversation quittée par la personne",
    "chat.open": "conversation ouverte par la personne",
    "chat.queue": "file des conversations consultée",
    "chat.read": "conversation lue",
    "chat.take": "conversation prise",
    "directory.confirm": "lieu de l’annuaire confirmé ou corrigé",
    "directory.import": "annuaire importé",
    "directory.list": "annuaire consulté",
    "directory.read": "lieu de l’annuaire consulté",
    "factor.add": "second facteur ajouté",
    "factor.remove": "second facteur retiré",
    "factor.renew_codes": "codes de secours remplacés",
    "letter.add": "mot ajouté à une lettre par la personne",
    "letter.answer": "réponse à une lettre",
    "letter.close": "lettre close",
    "letter.give_back": "lettre rendue",
    "letter.late": "retard d’une lettre signalé",
    "letter.list": "lettres consultées",
    "letter.read": "lettre lue",
    "letter.receive": "lettre reçue",
    "letter.return": "réponse lue avec un code",
    "letter.take": "lettre prise",
    "posting.end": "fin d’affectation",
    "retention.export": "dossiers à terme exportés",
    "retention.hold": "effacement suspendu",
    "retention.lift_hold": "suspension d’effacement levée",
    "retention.list": "dossiers à terme consultés",
    "rights.export": "demandes de personnes exportées",
    "rights.list": "liste : demandes de personnes",
    "rights.read": "demande d’une personne : consultation",
    "search": "recherche",
    "session.close_others": "autres sessions fermées",
    "token.create": "jeton créé",
    "token.revoke": "jeton révoqué",
    "token.rotate": "jeton remplacé",
    "session.open": "entrée",
    "session.close": "sortie",
    "agent.withdraw_role": "rôle retiré",
    "notice.read": "avis ouvert",
    "submission.status": "état d’un envoi demandé par un logiciel",
    "traces.list": "traces consultées",
    "traces.export": "traces exportées",
    "traces.give_code": "code remis au jeune",
    "traces.revoke_code": "code annulé",
    "traces.use_code": "code utilisé par le jeune",
}
DEEDS |= {f"rights.{one.value}": f"demande d’une personne : {one.label}" for one in StepKind}
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
