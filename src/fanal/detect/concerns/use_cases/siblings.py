from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.detect.concerns.models import Concern, Informant, OtherMinor
from fanal.detect.concerns.queries import lock_concern
from fanal.detect.concerns.terms import OPEN, Status, Step
from fanal.detect.concerns.use_cases.receipts import new_receipt
from fanal.detect.concerns.use_cases.steps import note_step
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import due, start_clock
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.people.births import Birth
from fanal.ground.people.terms import BirthPrecision, TieKind
from fanal.ground.people.use_cases import NewMinor, open_file, tie_minors


class AlreadyOpened(Refusal):
    message = "Une information est déjà ouverte pour ce mineur."


class TooLittleKnown(Refusal):
    message = "Il faut un nom et un âge pour ouvrir une information : complétez l'évaluation."


class Ended(Refusal):
    message = "L'information d'origine n'est plus ouverte."


@transaction.atomic
def open_for_other_minor(
    *, agent: Agent, ref: UUID, other_minor: UUID, facts: str, now: datetime
) -> Concern:
    """
    Open a concern for another minor of the home (D226-2-3), with its own file and clocks.

    Raises:
        NotVisible: the concern, or that minor in it, is not the agent's to see.
        Ended, AlreadyOpened, TooLittleKnown: the rules refuse.
    """
    concern = lock_concern(ref=ref)
    if concern.status not in OPEN:
        raise Ended
    other = OtherMinor.objects.select_for_update().filter(ref=other_minor, concern=concern).first()
    if other is None:
        raise NotVisible
    if other.opened_id:
        raise AlreadyOpened
    if other.birth_date is None or not (other.given_names or other.family_name):
        raise TooLittleKnown
    home = concern.case_file.minor
    minor = open_file(
        authority=concern.authority,
        minor=NewMinor(
            given_names=other.given_names,
            family_name=other.family_name,
            birth=Birth(other.birth_date, BirthPrecision(other.birth_precision)),
            sex=other.sex,
            commune=home.commune,
            address=home.address,
        ),
        now=now,
    )
    opened = _open(concern, minor.case_file, facts, now)
    other.opened = opened
    other.save(update_fields=["opened"])
    tie_minors(case_file=concern.case_file, other=minor.case_file, kind=TieKind.HOUSEHOLD)
    note_step(concern=concern, step=Step.SIBLING, agent=agent, now=now)
    note_step(concern=opened, step=Step.RECEIVED, agent=agent, now=now)
    return opened


def _open(concern: Concern, case_file: CaseFile, facts: str, now: datetime) -> Concern:
    authority = concern.authority
    opened = Concern.objects.create(
        case_file=case_file,
        origin=concern,
        receipt=new_receipt(now),
        authority=authority,
        commune=concern.commune,
        source="child_welfare",
        received_at=now,
        facts=facts.strip() or concern.facts,
        immediate_danger=False,
        missing_now=False,
        child_informed=False,
        parents_informed=concern.parents_informed,
        parents_reason=concern.parents_reason,
        exploitation="none",
        status=Status.FIRST_ANALYSIS,
        opened_at=now,
        evaluation_due=due(rule=RuleCode.CONCERN_EVALUATION, authority=authority, since=now).due_on,
        target_due_at=due(rule=RuleCode.CONCERN_TARGET, authority=authority, since=now).due_at,
    )
    informant = Informant.objects.filter(concern=concern).first()
    if informant is not None:
        # Read and written again: what is sealed opens in its own row alone.
        Informant.objects.create(
            case_file=case_file,
            concern=opened,
            kind=informant.kind,
            name=informant.name,
            function=informant.function,
            contact=informant.contact,
        )
    for rule in (RuleCode.CONCERN_EVALUATION, RuleCode.CONCERN_TARGET):
        start_clock(
            rule=rule,
            case_file=case_file,
            subject_kind="concern",
            subject_ref=opened.ref,
            since=now,
            now=now,
        )
    return opened
