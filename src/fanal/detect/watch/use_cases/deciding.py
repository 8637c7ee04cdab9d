"""What the contact point does with an alert: take, qualify, ask, begin a concern, close, undo."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from fanal.detect.concerns.models import Draft
from fanal.detect.concerns.use_cases import start_draft
from fanal.detect.watch import terms
from fanal.detect.watch.content import draft_content
from fanal.detect.watch.models import AlertStep, AlertWord, LodgingAlert
from fanal.detect.watch.queries import lock_alert
from fanal.detect.watch.terms import Decision, Result, Side, State, StepKind
from fanal.detect.watch.use_cases.receiving import cleaned
from fanal.detect.watch.use_cases.returning import NothingSaid
from fanal.detect.watch.use_cases.steps import note_step, stand_again, standing
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.errors import Refusal


class AlreadyClosed(Refusal):
    message = "Cette alerte est close : annulez la clôture pour la reprendre."


class AlreadyYours(Refusal):
    message = "Cette alerte est déjà à vous."


class ReasonMissing(Refusal):
    message = "Dites pourquoi : ce motif reste au point de contact."


class NoOtherAlert(Refusal):
    message = "Aucune autre alerte de votre département ne porte ce numéro."


class ChildFirst(Refusal):
    """A sign of a child opens the protection before the enquiry."""

    message = (
        "Un enfant semble présent. Commencez d’abord l’information préoccupante ; si c’est "
        "impossible, dites pourquoi dans le motif."
    )


class NotDecided(Refusal):
    message = "Qualifiez l’alerte avant de la clore."


class ConcernNotSent(Refusal):
    message = (
        "L’information préoccupante que vous avez commencée d’ici n’est pas partie : envoyez-la, "
        "ou abandonnez-la, avant de clore."
    )


class NothingToUndo(Refusal):
    message = "Il n’y a rien à annuler : la dernière étape n’est pas une décision."


# How an alert ends by its very decision.
ENDS = {Decision.NO_FOLLOW_UP: Result.NO_FOLLOW_UP, Decision.DUPLICATE: Result.DUPLICATE}


@transaction.atomic
def take_alert(*, agent: Agent, ref: UUID, now: datetime) -> LodgingAlert:
    """
    Take it, or take it over from a colleague, who sees it in the steps.

    Raises:
        NotVisible: of another département.
        AlreadyYours, AlreadyClosed.
    """
    alert = _open(ref)
    if alert.holder_id == agent.pk:
        raise AlreadyYours
    before = standing(alert)
    alert.state, alert.holder, alert.taken_at = State.TAKEN, agent, now
    note_step(alert, agent=agent, kind=StepKind.TAKEN, before=before, now=now)
    return alert


@transaction.atomic
def qualify_alert(
    *,
    agent: Agent,
    ref: UUID,
    decision: Decision,
    note: str,
    now: datetime,
    duplicate_of: str = "",
) -> LodgingAlert:
    """
    Say what becomes of it. Without follow-up or said twice, it is closed; otherwise whoever
    decides holds it.

    Args:
        duplicate_of: the number of the other alert, when it is said twice.

    Raises:
        NotVisible, AlreadyClosed.
        ReasonMissing: without follow-up, and not why.
        ConcernNotSent: it would close, and the agent's own draft still waits.
        NoOtherAlert: no alert that the agent sees bears this number, or it is this very one.
        ChildFirst: to the enquiry, a child may be there, no concern was begun and nothing says why.
    """
    alert = _open(ref)
    said = cleaned(note, longest=terms.LONGEST_NOTE)
    if decision is Decision.NO_FOLLOW_UP and not said:
        raise ReasonMissing
    if decision is Decision.ENQUIRY and alert.may_be_a_child and not (alert.concern or said):
        raise ChildFirst
    if decision in ENDS and _unsent(alert) is not None:
        raise ConcernNotSent
    before = standing(alert)
    alert.duplicate_of = _other(alert, duplicate_of) if decision is Decision.DUPLICATE else None
    alert.decision = decision
    if decision in ENDS:
        alert.state, alert.result, alert.closed_at = State.CLOSED, ENDS[decision], now
    elif alert.state == State.RECEIVED:
        alert.state, alert.holder, alert.taken_at = State.TAKEN, agent, now
    note_step(alert, agent=agent, kind=StepKind.QUALIFIED, before=before, now=now, note=said)
    return alert


@transaction.atomic
def ask_more(*, agent: Agent, ref: UUID, text: str, now: datetime) -> AlertWord:
    """
    Tell something to whoever wrote; they read it under their receipt, if they come back.

    Raises:
        NotVisible, AlreadyClosed, NothingSaid.
    """
    alert = _open(ref)
    said = cleaned(text, longest=terms.LONGEST_QUESTION)
    if not said:
        raise NothingSaid
    before = standing(alert)
    if alert.state == State.RECEIVED:
        alert.state, alert.holder, alert.taken_at = State.TAKEN, agent, now
    alert.last += 1
    word = AlertWord(alert=alert, number=alert.last, side=Side.DESK, text=said, key=uuid4(), at=now)
    word.save(force_insert=True)
    note_step(alert, agent=agent, kind=StepKind.ASKED, before=before, now=now)
    return word


@transaction.atomic
def begin_concern(
    *, agent: Agent, organisation: Organisation, ref: UUID, author: dict[str, str], now: datetime
) -> Draft:
    """
    Begin an information préoccupante with what the alert says: a draft of the agent, sent to the
    CRIP by the same door as any other. Pressed again, it is the same draft.

    Args:
        author: what the draft says of who writes it.

    Raises:
        NotVisible, AlreadyClosed.
        KeysLocked: the words of the alert are sealed, and nobody has opened the keys.
    """
    alert = _open(ref)
    if (begun := _unsent(alert)) is not None:
        return begun
    before = standing(alert)
    draft = start_draft(
        agent=agent, organisation=organisation, content=author | draft_content(alert), now=now
    )
    alert.decision, alert.concern = Decision.CONCERN, draft.ref
    if alert.state == State.RECEIVED:
        alert.state, alert.holder, alert.taken_at = State.TAKEN, agent, now
    note_step(alert, agent=agent, kind=StepKind.CONCERN, before=before, now=now)
    return draft


@transaction.atomic
def close_alert(
    *, agent: Agent, ref: UUID, result: Result, note: str, now: datetime
) -> LodgingAlert:
    """
    Raises:
        NotVisible, AlreadyClosed.
        NotDecided: nobody said what it is.
        ConcernNotSent: the agent's own draft, begun from here, still waits.
        ReasonMissing: nothing came of it, and not why.
    """
    alert = _open(ref)
    if not alert.decision:
        raise NotDecided
    if _unsent(alert) is not None:
        raise ConcernNotSent
    said = cleaned(note, longest=terms.LONGEST_NOTE)
    if result is Result.NO_FOLLOW_UP and not said:
        raise ReasonMissing
    before = standing(alert)
    alert.state, alert.result, alert.closed_at = State.CLOSED, result, now
    note_step(alert, agent=agent, kind=StepKind.CLOSED, before=before, now=now, note=said)
    return alert


@transaction.atomic
def undo_last(*, agent: Agent, ref: UUID, now: datetime) -> LodgingAlert:
    """
    Undo the last deed. The step stays and says that it was undone; a draft that was begun stays
    too, for its author to send or to throw away.

    Raises:
        NotVisible
        NothingToUndo: the last step asked something, undid, or was a word that came.
    """
    alert = lock_alert(ref)
    last = AlertStep.objects.filter(alert=alert).order_by("-number").first()
    if last is None or last.kind not in terms.UNDOABLE:
        raise NothingToUndo
    before = standing(alert)
    stand_again(alert, last.before)
    if last.kind == StepKind.CONCERN:
        alert.concern = None
    note_step(alert, agent=agent, kind=StepKind.UNDONE, before=before, now=now, undoes=last.number)
    return alert


def _open(ref: UUID) -> LodgingAlert:
    alert = lock_alert(ref)
    if alert.is_closed:
        raise AlreadyClosed
    return alert


def _unsent(alert: LodgingAlert) -> Draft | None:
    """The draft that was begun from here, as long as it waits: its author alone sees it."""
    return Draft.objects.filter(ref=alert.concern).first() if alert.concern else None


def _other(alert: LodgingAlert, number: str) -> LodgingAlert:
    other = LodgingAlert.objects.filter(receipt__iexact=number.strip()).exclude(pk=alert.pk).first()
    if other is None or not number.strip():
        raise NoOtherAlert
    return other
