"""What the letters about a concern say, from the concern itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from fanal.detect.concerns.models import Concern, Evaluation, Submission
from fanal.detect.concerns.terms import PROFESSIONALS
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import due
from fanal.ground.documents.contents import (
    Acknowledgement,
    Contact,
    EvaluationReport,
    Fact,
    Heading,
    Holder,
    Meeting,
    Minor,
    OtherMinor,
    ParentsException,
    ParentsLetter,
    Recipient,
    Sender,
    Signatory,
)
from fanal.ground.documents.terms import Answer
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day

SERVICE = "Cellule de recueil des informations préoccupantes"


def _sender(authority: ChildWelfareAuthority) -> Sender:
    desk = Organisation.objects.filter(authority=authority, kind="child_welfare").first()
    return Sender(
        authority=authority.name,
        service=SERVICE,
        phone=desk.phone if desk else "",
        timezone=authority.timezone,
    )


def _heading(
    authority: ChildWelfareAuthority,
    reference: str,
    signatory: Signatory,
    now: datetime,
    recipient: Recipient | None = None,
) -> Heading:
    return Heading(
        sender=_sender(authority),
        signatory=signatory,
        reference=reference,
        written_at=now,
        recipient=recipient,
        demonstration=not settings.FANAL_SERVICE,
    )


def _signatory(agent: Agent) -> Signatory:
    return Signatory(name=agent.name, function=agent.function)


def acknowledgement_of(submission: Submission, *, source: str, status_page: str) -> Acknowledgement:
    """The receipt as a letter: never the facts, nor the minor's name."""
    authority = submission.authority
    since = submission.sent_at
    professional = source in PROFESSIONALS
    return Acknowledgement(
        heading=_heading(
            authority,
            submission.receipt,
            Signatory(name=SERVICE, function=authority.name),
            since,
            Recipient(name=submission.organisation.name),
        ),
        receipt=submission.receipt,
        received_at=since,
        status_page=status_page,
        answer=Answer.UNASKED if professional else Answer.ON_REQUEST,
        evaluation_due=due(
            rule=RuleCode.CONCERN_EVALUATION, authority=authority, since=since
        ).due_on,
    )


def parents_letter_of(
    concern: Concern, *, agent: Agent, written: dict[str, Any], now: datetime
) -> ParentsLetter:
    minor = concern.case_file.minor
    sender = _sender(concern.authority)
    return ParentsLetter(
        heading=_heading(
            concern.authority,
            concern.receipt,
            _signatory(agent),
            now,
            Recipient(name=written["recipient"], lines=tuple(written["address"].splitlines())),
        ),
        child=minor.full_name,
        why=written["why"],
        first_meeting=written["first_meeting"],
        contact=Contact(name=agent.name, function=agent.function, phone=sender.phone),
        conclusion_due=concern.evaluation_due,
    )


def parents_exception_of(
    concern: Concern, *, agent: Agent, written: dict[str, Any], now: datetime
) -> ParentsException:
    """The reasoned decision not to inform the parents (L226-2-1 CASF)."""
    return ParentsException(
        heading=_heading(concern.authority, concern.receipt, _signatory(agent), now),
        minor=_minor(concern, now),
        reason=written["reason"],
        decided_on=local_day(concern.authority, now),
        review_on=written["review_on"],
        child_informed=concern.child_informed,
        child_opinion=written["child_opinion"],
    )


def _minor(concern: Concern, now: datetime) -> Minor:
    minor = concern.case_file.minor
    return Minor(
        name=minor.full_name,
        born_on=minor.birth_date if minor.birth_precision == "day" else None,
        birth=minor.age_in_words(local_day(concern.authority, now)),
        sex=minor.get_sex_display(),
        address=minor.address,
        school=minor.school,
        holders=tuple(
            Holder(name=one.name, tie=one.tie, contact=one.contact)
            for one in concern.case_file.holders.all()
        ),
    )


def evaluation_report_of(
    evaluation: Evaluation, *, agent: Agent, now: datetime
) -> EvaluationReport:
    concern = evaluation.concern
    authority = concern.authority
    return EvaluationReport(
        heading=_heading(authority, concern.receipt, _signatory(agent), now),
        minor=_minor(concern, now),
        received_on=local_day(authority, concern.received_at),
        evaluation_due=concern.evaluation_due,
        team=(Signatory(name=evaluation.lead.name, function=evaluation.lead.function),),
        meetings=tuple(
            Meeting(on=one.on, people=one.met, place=one.place) for one in evaluation.visits.all()
        ),
        minor_was_met=bool(evaluation.minor_met),
        reported=(Fact(text=concern.facts, on=local_day(authority, concern.received_at)),),
        minor_opinion=evaluation.minor_opinion or evaluation.minor_not_met_reason,
        parents_opinion=evaluation.parents_opinion,
        parents_understanding=evaluation.understanding,
        resources=evaluation.resources,
        health_summary=evaluation.health_and_school,
        danger=evaluation.get_danger_display(),
        danger_reasons=evaluation.danger_grounds,
        proposal=f"{evaluation.get_proposal_display()}. {evaluation.proposal_grounds}".strip(),
        other_minors=tuple(
            OtherMinor(name=one.full_name, situation=one.findings)
            for one in concern.other_minors.all()
        ),
    )
