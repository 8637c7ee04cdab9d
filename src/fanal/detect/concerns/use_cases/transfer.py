from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.detect.concerns.models import (
    Addition,
    Concern,
    ConcernStep,
    Evaluation,
    Informant,
    OtherMinor,
    Visit,
)
from fanal.detect.concerns.queries import lock_concern
from fanal.detect.concerns.terms import OPEN, AdditionKind, Status, Step
from fanal.detect.concerns.use_cases.evaluation import WRITTEN, heading_of, in_words
from fanal.detect.concerns.use_cases.qualify import ReasonMissing
from fanal.detect.concerns.use_cases.send import alert_on_call, start_clocks
from fanal.detect.concerns.use_cases.steps import note_step
from fanal.ground.access.asking import receiving_for
from fanal.ground.access.models import CaseFile, Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.access.use_cases import end_grants
from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import stop_all_clocks
from fanal.ground.documents.models import Document
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.people.births import Birth
from fanal.ground.people.models import Minor
from fanal.ground.people.queries import files_of
from fanal.ground.people.terms import BirthPrecision
from fanal.ground.people.use_cases import NewMinor, open_file
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import local_day

FOLLOWS = (Capacity.REFERENT, Capacity.STAND_IN)
# All that the authority of origin keeps of the facts.
STUB = "Transmise à l'autorité compétente ; le contenu n'est plus conservé ici."


class SameAuthority(Refusal):
    message = "Cette commune relève déjà de votre autorité : corrigez la commune du mineur."


class SealedFile(Refusal):
    """Nobody of the receiving authority would hold by name what arrives sealed."""

    message = "Ce dossier est sous scellé : levez d'abord le scellé, puis transmettez."


class NotOpen(Refusal):
    message = "Cette information n'est plus ouverte : elle ne peut plus être transmise."


@transaction.atomic
def transfer_concern(
    *, agent: Agent, ref: UUID, commune: Commune, reason: str, now: datetime
) -> str:
    """
    Hand a concern to the authority of another commune; a stub stays, the clock runs on.

    Returns:
        The receipt number, which does not change: the author follows it with the same one.

    Raises:
        NotVisible: the concern is not the agent's to read.
        NotOpen: it came to an end already.
        SealedFile: the seal would be lost on the way.
        SameAuthority: that commune is the agent's own authority's.
        ReasonMissing: the receiving authority must know why.
    """
    concern = lock_concern(ref=ref)
    if concern.status not in OPEN:
        raise NotOpen
    if files_of(concern.case_file).filter(sealed_at__isnull=False).exists():
        raise SealedFile
    if commune.authority_id == concern.authority_id:
        raise SameAuthority
    if not reason.strip():
        raise ReasonMissing
    package = _Package(concern, now)
    with receiving_for(commune.authority):
        package.deliver(commune, agent, reason, now)
    _keep_a_stub(concern, commune, now)
    note_step(
        concern=concern,
        step=Step.TRANSFERRED,
        agent=agent,
        now=now,
        note=f"{commune.authority} : {reason}",
    )
    return concern.receipt


class _Package:
    """All of a concern that leaves, read while the sender still sees it."""

    def __init__(self, concern: Concern, now: datetime) -> None:
        self.concern = concern
        self.minor: Minor = concern.case_file.minor
        self.informant = Informant.objects.filter(concern=concern).first()
        self.others = list(concern.other_minors.all())
        self.additions = list(concern.additions.all())
        self.evaluated = _written_so_far(concern)
        self.at = now
        self.holders = [
            {"name": one.name, "tie": one.tie, "contact": one.contact}
            for one in concern.case_file.holders.all()
        ]

    def deliver(self, commune: Commune, agent: Agent, reason: str, now: datetime) -> None:
        minor = open_file(
            authority=commune.authority,
            minor=NewMinor(
                given_names=self.minor.given_names,
                family_name=self.minor.family_name,
                birth=Birth(self.minor.birth_date, BirthPrecision(self.minor.birth_precision)),
                sex=self.minor.sex,
                commune=commune,
                address=self.minor.address,
                school=self.minor.school,
                holders=self.holders,
            ),
            now=now,
        )
        arrived = self._copy_concern(minor, commune)
        self._copy_rest(arrived)
        note_step(concern=arrived, step=Step.RECEIVED, agent=None, now=now, note=reason)
        day = local_day(commune.authority, arrived.received_at)
        urgent = self.concern.missing_now or minor.age(day) < 15  # noqa: PLR2004
        target = RuleCode.CONCERN_TARGET_URGENT if urgent else RuleCode.CONCERN_TARGET
        start_clocks(arrived, target, now)
        alert_on_call(arrived, now)
        notify(
            agents=agents_of(commune.authority, Role.CRIP, on=local_day(commune.authority, now)),
            text="Une information préoccupante vous est transmise par une autre autorité.",
            path=arrived.get_absolute_url(),
            now=now,
        )

    def _copy_concern(self, minor: Minor, commune: Commune) -> Concern:
        sent = self.concern
        submission = sent.submission
        arrived = Concern.objects.create(
            case_file=minor.case_file,
            receipt=sent.receipt,
            authority=commune.authority,
            commune=commune,
            source=sent.source,
            received_at=sent.received_at,
            facts=sent.facts,
            immediate_danger=sent.immediate_danger,
            missing_now=sent.missing_now,
            child_informed=sent.child_informed,
            parents_informed=sent.parents_informed,
            parents_reason=sent.parents_reason,
            exploitation=sent.exploitation,
            indicators=sent.indicators,
            grid_version=sent.grid_version,
            evaluation_due=sent.evaluation_due,
            target_due_at=sent.target_due_at,
        )
        if submission is not None:
            sent.submission = None
            sent.save(update_fields=["submission"])
            submission.authority = commune.authority
            submission.save(update_fields=["authority"])
            arrived.submission = submission
            arrived.save(update_fields=["submission"])
        return arrived

    def _copy_rest(self, arrived: Concern) -> None:
        where = {"case_file": arrived.case_file, "concern": arrived}
        if self.informant:
            Informant.objects.create(
                kind=self.informant.kind,
                name=self.informant.name,
                function=self.informant.function,
                contact=self.informant.contact,
                **where,
            )
        for other in self.others:
            OtherMinor.objects.create(
                given_names=other.given_names,
                family_name=other.family_name,
                birth_date=other.birth_date,
                birth_precision=other.birth_precision,
                sex=other.sex,
                tie=other.tie,
                findings=other.findings,
                **where,
            )
        for addition in self.additions:
            Addition.objects.create(
                kind=addition.kind,
                text=addition.text,
                at=addition.at,
                agent=addition.agent,
                **where,
            )
        if self.evaluated:
            Addition.objects.create(
                kind=AdditionKind.COMPLEMENT, text=self.evaluated, at=self.at, **where
            )


def _written_so_far(concern: Concern) -> str:
    """What the evaluation of the authority of origin had found, under its own headings."""
    evaluation = Evaluation.objects.filter(concern=concern).first()
    if evaluation is None:
        return ""
    parts = [f"Évaluation commencée par : {concern.authority}"]
    for name in WRITTEN:
        if said := in_words(evaluation, name):
            parts.append(f"{heading_of(name)} : {said}")
    parts += [
        f"{visit.on:%d/%m/%Y}, {visit.place}. Rencontre de : {visit.met}. {visit.observations}"
        for visit in evaluation.visits.all()
    ]
    return "\n\n".join(parts)


def _keep_a_stub(concern: Concern, commune: Commune, now: datetime) -> None:
    """Of what left, the authority of origin keeps that it left, when and where to."""
    concern.status = Status.TRANSFERRED
    concern.transferred_to = commune.authority
    concern.facts = STUB
    concern.parents_reason = ""
    concern.indicators = []
    concern.proposed = ""
    concern.opened_at = concern.opened_at or now
    concern.save()
    stop_all_clocks(subject_ref=concern.ref, at=now, outcome=Outcome.TRANSFERRED)
    for model in (Informant, Addition):
        model.objects.filter(concern=concern).delete()
    concern.other_minors.filter(opened__isnull=True).delete()
    ConcernStep.objects.filter(concern=concern).update(note="")
    Visit.objects.filter(evaluation__concern=concern).delete()
    _end_evaluation(concern, now)
    if not _kept_here(concern, now):
        _forget_identity(concern.case_file, now)


def _end_evaluation(concern: Concern, now: datetime) -> None:
    """Whoever evaluated held the file for that; with another evaluation of it, they still do."""
    evaluation = Evaluation.objects.filter(concern=concern).first()
    if evaluation is None:
        return
    lead, files = evaluation.lead, files_of(concern.case_file)
    evaluation.delete()
    if not Evaluation.objects.filter(case_file__in=files, lead=lead).exists():
        held = Grant.objects.filter(case_file__in=files, agent=lead, capacity=Capacity.EVALUATOR)
        end_grants(held, now=now)


def _kept_here(concern: Concern, now: datetime) -> bool:
    """
    Whether the authority of origin still answers for the minor by something else.

    What the rooms above hold (a report, a situation, a measure) shows by its periods, its
    letters and whoever follows the minor by name.
    """
    case_file = concern.case_file
    files = files_of(case_file)
    followed = Grant.objects.not_over(at=now).filter(capacity__in=FOLLOWS, case_file__in=files)
    clocks = Clock.objects.running().of_case_files(files).exclude(subject_ref=concern.ref)
    return (
        len(files) > 1
        or case_file.merged_into_id is not None
        or Concern.objects.filter(case_file__in=files).exclude(pk=concern.pk).exists()
        or followed.exists()
        or clocks.exists()
        or Document.objects.filter(case_file__in=files).exists()
    )


def _forget_identity(case_file: CaseFile, now: datetime) -> None:
    """Nothing else keeps this file here: initials are enough to recognise the stub."""
    minor = case_file.minor
    minor.given_names = minor.given_names[:1] and f"{minor.given_names[0]}."
    minor.family_name = minor.family_name[:1] and f"{minor.family_name[0]}."
    minor.name_plain, minor.name_keys = "", []
    minor.address = minor.school = ""
    minor.save()
    case_file.holders.all().delete()
    end_grants(Grant.objects.filter(case_file=case_file, capacity=Capacity.EVALUATOR), now=now)
