"""The place and mode of care of a child already admitted: silence is agreement (L223-2 CASF)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import stop_all_clocks
from fanal.ground.errors import NotVisible, Refusal
from fanal.protect.measures.models import CareQuestion
from fanal.protect.measures.terms import QUESTION, Answer, Status, StepKind
from fanal.protect.measures.use_cases.course import check_day, note_step, require, start, take


class QuestionMissing(Refusal):
    message = "Écrivez ce que vous demandez aux parents, sans adresse."


class NotAdmitted(Refusal):
    message = "L'enfant n'est pas accueilli par cette mesure : rien n'est à demander aux parents."


class AlreadyAnswered(Refusal):
    message = "Une réponse est déjà enregistrée pour cette demande."


class NotAnAnswer(Refusal):
    message = "Choisissez l'accord ou l'opposition : le silence s'inscrit de lui-même au terme."


@transaction.atomic
def ask_parents(
    *,
    agent: Agent,
    ref: UUID,
    text: str,
    sent_on: date,
    received_on: date | None,
    now: datetime,
) -> CareQuestion:
    """
    Ask the parents about the place or mode of care.

    Their silence is agreement four weeks after they received it, six after it was sent when
    nothing proves that they did (L223-2 CASF).

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn, NotYet, OutOfOrder, NotAdmitted, QuestionMissing.
    """
    measure = take(agent=agent, ref=ref, now=now)
    require(measure, Status.IN_FORCE, Status.PROVISIONAL)
    if not measure.is_admission:
        raise NotAdmitted
    if not text.strip():
        raise QuestionMissing
    check_day(measure, sent_on, now=now)
    if received_on is not None:
        check_day(measure, received_on, now=now, after=sent_on, event="l'envoi")
    question = CareQuestion.objects.create(
        case_file=measure.case_file,
        measure=measure,
        text=text.strip(),
        sent_on=sent_on,
        received_on=received_on,
    )
    start(
        measure,
        RuleCode.PARENTS_SILENCE if received_on else RuleCode.PARENTS_SILENCE_UNRECEIVED,
        since=received_on or sent_on,
        now=now,
        subject_ref=question.ref,
        subject_kind=QUESTION,
    )
    note_step(measure, StepKind.PARENTS_ASKED, on=sent_on, agent=agent, now=now, note=question.text)
    return question


@transaction.atomic
def record_parents_answer(
    *, agent: Agent, question_ref: UUID, answer: Answer, on: date, now: datetime
) -> CareQuestion:
    """
    The parents answered.

    Raises:
        NotVisible, NotYoursToWrite, OutOfTurn, NotYet, OutOfOrder, AlreadyAnswered, NotAnAnswer.
    """
    found = CareQuestion.objects.select_related("measure").filter(ref=question_ref).first()
    if found is None:
        raise NotVisible
    measure = take(agent=agent, ref=found.measure.ref, now=now)
    question = CareQuestion.objects.select_for_update().get(pk=found.pk)
    if question.answer:
        raise AlreadyAnswered
    if answer == Answer.SILENT:
        raise NotAnAnswer
    check_day(measure, on, now=now, after=question.sent_on, event="l'envoi")
    question.answer, question.answered_on = answer, on
    question.save(update_fields=["answer", "answered_on"])
    stop_all_clocks(subject_ref=question.ref, at=now, outcome=Outcome.DONE)
    note_step(
        measure,
        StepKind.PARENTS_ANSWERED,
        on=on,
        agent=agent,
        now=now,
        note=f"{answer.label}. Demande : {question.text}",
    )
    return question
