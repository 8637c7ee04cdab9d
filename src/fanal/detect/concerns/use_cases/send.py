from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from fanal.detect.concerns.models import Concern, Informant, OtherMinor, Submission
from fanal.detect.concerns.schema import ConcernInput, content_digest
from fanal.detect.concerns.schema import Minor as MinorInput
from fanal.detect.concerns.schema import OtherMinor as OtherMinorInput
from fanal.detect.concerns.terms import PROFESSIONALS, Step
from fanal.detect.concerns.use_cases.receipts import match_keys, new_receipt
from fanal.detect.concerns.use_cases.steps import note_step
from fanal.ground.access.asking import receiving_for
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import due, start_clock
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.people.births import Birth, age_on, birth_from_age
from fanal.ground.people.terms import BirthPrecision, Sex
from fanal.ground.people.use_cases import NewMinor, open_file
from fanal.ground.territory.models import ChildWelfareAuthority, Commune
from fanal.ground.territory.queries import local_day

# Under this age, or missing, the target is counted in hours.
YOUNG = 15


class OtherContent(Refusal):
    message = (
        "Cette référence a déjà été transmise avec un autre contenu : "
        "donnez une nouvelle référence, ou complétez l'envoi d'origine."
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """What the author is given back."""

    submission: Submission
    evaluation_due: date
    target_due: date
    replayed: bool
    # Receipts of the same organisation that may be about the same minor.
    possible_duplicates: list[str]


@transaction.atomic
def send_concern(
    *,
    content: ConcernInput,
    commune: Commune,
    organisation: Organisation,
    agent: Agent | None,
    now: datetime,
) -> Sent:
    """
    Hand a concern to the authority of the minor's commune, once.

    The same reference with the same content is answered with the first receipt.

    Raises:
        OtherContent: the organisation used this reference for something else.
    """
    digest = content_digest(content)
    if (earlier := _earlier(organisation, content.external_ref)) is not None:
        return _replay(earlier, digest, content, commune)
    try:
        with transaction.atomic():
            return _send(content, commune, organisation, agent, digest, now)
    except IntegrityError as collision:
        # The same reference arrived twice at once: the other one was first.
        if "submission_external_ref_once" not in str(collision):
            raise
        earlier = _earlier(organisation, content.external_ref)
        if earlier is None:
            raise
        return _replay(earlier, digest, content, commune)


def _earlier(organisation: Organisation, external_ref: str) -> Submission | None:
    if not external_ref:
        return None
    return Submission.objects.filter(organisation=organisation, external_ref=external_ref).first()


def _replay(earlier: Submission, digest: str, content: ConcernInput, commune: Commune) -> Sent:
    if earlier.content_digest != digest:
        raise OtherContent
    legal, target = _due_days(content, commune.authority)
    return Sent(earlier, legal, target, replayed=True, possible_duplicates=[])


def is_urgent(content: ConcernInput, authority: ChildWelfareAuthority) -> bool:
    """Missing, or under fifteen on the day of reception: 72 hours rather than fifteen days."""
    day = local_day(authority, content.received_at)
    born = birth_of(content.minor, on=day)
    under = (
        content.minor.age_estimate < YOUNG
        if born.precision == BirthPrecision.AGE and content.minor.age_estimate is not None
        else age_on(day, born=born.day) < YOUNG
    )
    return content.missing_now or under


def target_rule(content: ConcernInput, authority: ChildWelfareAuthority) -> RuleCode:
    urgent = is_urgent(content, authority)
    return RuleCode.CONCERN_TARGET_URGENT if urgent else RuleCode.CONCERN_TARGET


def _due_days(content: ConcernInput, authority: ChildWelfareAuthority) -> tuple[date, date]:
    since = content.received_at
    legal = due(rule=RuleCode.CONCERN_EVALUATION, authority=authority, since=since)
    target = due(rule=target_rule(content, authority), authority=authority, since=since)
    return legal.due_on, target.due_on


def birth_of(minor: MinorInput | OtherMinorInput, *, on: date) -> Birth:
    """The date that was given, or the one that the estimated age suggests."""
    if minor.birth_date is not None:
        return Birth(minor.birth_date, BirthPrecision.DAY)
    return birth_from_age(minor.age_estimate or 0, on=on)


def _send(
    content: ConcernInput,
    commune: Commune,
    organisation: Organisation,
    agent: Agent | None,
    digest: str,
    now: datetime,
) -> Sent:
    authority = commune.authority
    birth = birth_of(content.minor, on=local_day(authority, content.received_at))
    keys = match_keys(
        given_names=content.minor.given_names or "",
        family_name=content.minor.family_name or "",
        born=birth.day,
        about=birth.precision == BirthPrecision.AGE,
    )
    alike = Submission.objects.filter(organisation=organisation, match_keys__overlap=keys)
    duplicates = list(alike.order_by("sent_at").values_list("receipt", flat=True))
    with receiving_for(authority):
        submission = Submission.objects.create(
            receipt=new_receipt(now),
            organisation=organisation,
            agent=agent,
            external_ref=content.external_ref,
            content_digest=digest,
            match_keys=keys,
            initials=_initials(content.minor),
            sent_at=now,
            authority=authority,
            status_at=now,
        )
        concern = receive_concern(
            content=content, commune=commune, submission=submission, agent=agent, now=now
        )
        record(agent=agent, organisation=organisation, deed="concern.send", subject=concern)
    legal, target = _due_days(content, authority)
    return Sent(submission, legal, target, replayed=False, possible_duplicates=duplicates)


def _initials(minor: MinorInput) -> str:
    names = (minor.given_names, minor.family_name)
    return " ".join(f"{name[0].upper()}." for name in names if name)


def receive_concern(
    *,
    content: ConcernInput,
    commune: Commune,
    submission: Submission | None,
    agent: Agent | None,
    now: datetime,
    origin: Concern | None = None,
    receipt: str = "",
) -> Concern:
    """Write a concern at the reception desk that is open: file, minor, clocks and alarm."""
    authority = commune.authority
    day = local_day(authority, content.received_at)
    minor = open_file(
        authority=authority,
        minor=NewMinor(
            given_names=content.minor.given_names or "",
            family_name=content.minor.family_name or "",
            birth=birth_of(content.minor, on=day),
            sex=content.minor.sex,
            commune=commune,
            address=content.minor.address or "",
            school=content.minor.school or "",
            holders=[
                {"name": one.name, "tie": one.tie or "", "contact": one.contact or ""}
                for one in content.holders
            ],
        ),
        now=now,
    )
    since = content.received_at
    rule = target_rule(content, authority)
    concern = Concern.objects.create(
        case_file=minor.case_file,
        submission=submission,
        origin=origin,
        receipt=submission.receipt if submission else receipt or new_receipt(now),
        authority=authority,
        commune=commune,
        source=content.author.kind,
        received_at=since,
        facts=content.facts,
        immediate_danger=content.immediate_danger,
        missing_now=content.missing_now,
        child_informed=content.child_informed,
        parents_informed=content.parents_informed.value == "yes",
        parents_reason=content.parents_informed.reason or "",
        exploitation=content.exploitation,
        indicators=list(content.indicators),
        grid_version="GRID_FR_1" if content.indicators else "",
        evaluation_due=due(
            rule=RuleCode.CONCERN_EVALUATION, authority=authority, since=since
        ).due_on,
        target_due_at=due(rule=rule, authority=authority, since=since).due_at,
    )
    Informant.objects.create(
        case_file=minor.case_file,
        concern=concern,
        kind=content.author.kind,
        name=content.author.name,
        function=content.author.function,
        contact=content.author.contact,
    )
    _write_other_minors(concern, content, day)
    note_step(concern=concern, step=Step.RECEIVED, agent=agent, now=now)
    start_clocks(concern, rule, now)
    alert_on_call(concern, now)
    return concern


def _write_other_minors(concern: Concern, content: ConcernInput, day: date) -> None:
    for other in content.other_minors:
        birth = None
        if other.birth_date is not None or other.age_estimate is not None:
            birth = birth_of(other, on=day)
        OtherMinor.objects.create(
            case_file=concern.case_file,
            concern=concern,
            given_names=other.given_names or "",
            family_name=other.family_name or "",
            birth_date=birth.day if birth else None,
            birth_precision=birth.precision if birth else "",
            sex=other.sex or Sex.UNKNOWN,
            tie=other.tie or "",
        )


def start_clocks(concern: Concern, target: RuleCode, now: datetime) -> None:
    """Start the periods that run from the reception."""
    rules = [RuleCode.CONCERN_FIRST_ANALYSIS, RuleCode.CONCERN_EVALUATION, target]
    if concern.source in PROFESSIONALS:
        rules.append(RuleCode.CONCERN_ANSWER_PROFESSIONAL)
    for rule in rules:
        start_clock(
            rule=rule,
            case_file=concern.case_file,
            subject_kind="concern",
            subject_ref=concern.ref,
            since=concern.received_at,
            now=now,
        )


def alert_on_call(concern: Concern, now: datetime) -> None:
    """Danger now: the authority's on-call is called at once, and must open it in time."""
    if not (concern.immediate_danger or concern.missing_now):
        return
    start_clock(
        rule=RuleCode.DANGER_OPENED,
        case_file=concern.case_file,
        subject_kind="concern",
        subject_ref=concern.ref,
        since=now,
        now=now,
    )
    day = local_day(concern.authority, now)
    notify(
        agents=agents_of(concern.authority, Role.ON_CALL, Role.CRIP, on=day),
        text=(
            "Danger immédiat signalé : ouvrez cette information maintenant."
            if concern.immediate_danger
            else "Mineur introuvable : ouvrez cette information maintenant."
        ),
        path=concern.get_absolute_url(),
        now=now,
        urgent=True,
    )
