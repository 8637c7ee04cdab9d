"""Play four months of invented work through the very use cases of the product."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from fanal.config.demonstration.alerts import play_alerts
from fanal.config.demonstration.cast import is_cast, make_cast
from fanal.config.demonstration.contacts import play_contacts
from fanal.config.demonstration.exchange import play_exchange
from fanal.config.demonstration.freshness import play_freshness
from fanal.config.demonstration.letters import play_letters
from fanal.config.demonstration.listening import play_listening
from fanal.config.demonstration.openings import play_openings
from fanal.config.demonstration.receiving import play_receiving
from fanal.config.demonstration.stories import stories
from fanal.config.demonstration.talks import play_talks
from fanal.config.demonstration.watching import watch_over
from fanal.detect.concerns import use_cases as concerns
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.schema import parse_concern
from fanal.detect.concerns.terms import DecisionOutcome, Exploitation
from fanal.detect.reports import use_cases as reports
from fanal.detect.reports.terms import Ground as ReportGround
from fanal.detect.reports.terms import OutcomeKind
from fanal.detect.reports.use_cases import Writing
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.notifications.models import Notification
from fanal.ground.territory.queries import find_commune, local_day
from fanal.prevent.spaces.importing import STARTING, lines_of
from fanal.prevent.spaces.use_cases import import_directory
from fanal.protect.situations import use_cases as situations
from fanal.protect.situations.terms import EntryKind, Ground

COUNT = 36
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

EVALUATION: dict[str, Any] = {
    "minor_met": True,
    "minor_opinion": "Veut retourner au collège, et dit avoir peur de sortir.",
    "parents_opinion": "La mère est d'accord pour être aidée ; le père n'a pas répondu.",
    "understanding": "La mère comprend l'inquiétude ; l'enfant n'en parle pas encore.",
    "resources": "Une tante proche, une professeure de confiance.",
    "health_and_school": "Fatigue, absences. Rendez-vous pris avec l'infirmière.",
    "danger": "danger",
    "danger_grounds": "Absences de nuit, adulte inconnu, objets sans explication.",
    "proposal": "admin_measure",
    "proposal_grounds": "La famille est d'accord et demande de l'aide.",
}


# What a référent writes in the days after taking a situation up.
NOTES = (
    (2, EntryKind.CALL, "Appel à la mère : rendez-vous fixé à la maison."),
    (5, EntryKind.VISIT, "Première rencontre. Elle demande à ne pas changer de collège."),
    (9, EntryKind.MEETING, "Point avec le collège : retour en classe trois jours sur cinq."),
)


@transaction.atomic
def seed(*, now: datetime, progress: Callable[[str], None] | None = None) -> None:
    """Fill an empty demonstration, once; started again, it changes nothing."""
    if is_cast():
        return
    cast = make_cast(now.date())
    school = Organisation.objects.get(slug="ecole-demonstration")
    for number, story in enumerate(stories(now=now, count=COUNT)):
        if progress is not None and number % 12 == 0:
            progress(f"Démonstration, {number} sur {COUNT}")
        _play(story, number, cast, school, now)
    _send_one_danger(cast, school, now)
    play_openings(cast, now=now)
    watch_over(cast, now)
    play_talks(cast, now=now)
    play_letters(cast, now=now)
    play_exchange(cast, now=now)
    play_alerts(cast, now=now)
    import_directory(lines_of(STARTING), now=now)
    play_freshness(cast, now=now)
    play_receiving(cast, now=now)
    play_listening(cast, now=now)
    play_contacts(cast, now=now)
    # What is older than two days has been read: the desk opens on this week's work.
    for agent in cast.values():
        with acting_as(agent):
            Notification.objects.filter(created_at__lt=now - 2 * DAY).update(read_at=now)


def _send(story: dict[str, Any], school: Organisation, agent: Agent, at: datetime) -> Concern:
    content = parse_concern(story, now=at, find_commune=find_commune)
    with acting_as(agent):
        sent = concerns.send_concern(
            content=content,
            commune=find_commune(content.commune),
            organisation=school,
            agent=agent,
            now=at,
        )
        return_ref = sent.submission.ref
    with acting_as(_crip_of(sent.submission.authority_id)):
        return Concern.objects.get(submission__ref=return_ref)


def _crip_of(authority: str) -> Agent:
    return Agent.objects.get(
        is_demonstration=True, postings__role="crip", postings__organisation__authority=authority
    )


def _play(
    story: dict[str, Any], number: int, cast: dict[str, Agent], school: Organisation, now: datetime
) -> None:
    """The older a concern, the further it has gone."""
    received = datetime.fromisoformat(story["received_at"])
    concern = _send(story, school, cast["sofia"], received + timedelta(minutes=1))
    left = COUNT - number
    if left <= 5:  # noqa: PLR2004 — arrived this week: not opened yet
        return
    nadia, karim = cast["nadia"], cast["karim"]
    with acting_as(nadia):
        concerns.open_concern(agent=nadia, ref=concern.ref, now=received + 3 * HOUR)
        if left <= 10:  # noqa: PLR2004
            return
        concerns.evaluate_concern(
            agent=nadia, ref=concern.ref, evaluator=karim, reason="", now=received + 5 * HOUR
        )
    if left <= 18:  # noqa: PLR2004
        return
    _evaluate(concern, karim, received)
    if left <= 22:  # noqa: PLR2004
        return
    _decide(concern, number, cast, received + 9 * DAY)


def _evaluate(concern: Concern, karim: Agent, received: datetime) -> None:
    at = received + 8 * DAY
    with acting_as(karim):
        concerns.add_visit(
            agent=karim,
            ref=concern.ref,
            on=local_day(concern.authority, received + 4 * DAY),
            place="domicile",
            met="l'enfant, sa mère",
            observations="Accueil calme. L'enfant parle peu devant sa mère.",
            now=received + 4 * DAY,
        )
        concerns.save_evaluation(agent=karim, ref=concern.ref, written=EVALUATION, now=at)
        for other in concern.other_minors.all():
            concerns.write_findings(
                agent=karim,
                ref=concern.ref,
                other_minor=other.ref,
                findings="Rencontré, va bien.",
                now=at,
            )
        concerns.submit_evaluation(agent=karim, ref=concern.ref, now=at)


def _decide(concern: Concern, number: int, cast: dict[str, Agent], at: datetime) -> None:
    nadia, ines = cast["nadia"], cast["inès"]
    outcome = (
        DecisionOutcome.REPORT_TO_PROSECUTOR,
        DecisionOutcome.ADMIN_MEASURE,
        DecisionOutcome.NO_FURTHER_ACTION,
    )[number % 3]
    with acting_as(nadia):
        concerns.decide_concern(
            agent=nadia,
            ref=concern.ref,
            outcome=outcome,
            reason="Au vu de l'évaluation et de l'avis de chacun.",
            parents_agree=True,
            now=at,
        )
    if outcome == DecisionOutcome.NO_FURTHER_ACTION:
        if number > 3:  # noqa: PLR2004 — one waits for its second signature
            with acting_as(ines):
                concerns.sign_decision(agent=ines, ref=concern.ref, now=at + DAY)
        return
    if outcome == DecisionOutcome.REPORT_TO_PROSECUTOR:
        _report(concern, number, cast, at)
    with acting_as(nadia):
        concerns.notify_decision(agent=nadia, ref=concern.ref, now=at + 2 * DAY)
    if number % 5 < 4:  # noqa: PLR2004 — some still wait for a référent
        reported = outcome == DecisionOutcome.REPORT_TO_PROSECUTOR
        ground = Ground.REPORT if reported else Ground.MEASURE
        referent = cast["claire" if number % 2 else "malo"]
        _follow(concern, ground, referent, ines, at + 3 * DAY)


def _report(concern: Concern, number: int, cast: dict[str, Agent], at: datetime) -> None:
    nadia, julien = cast["nadia"], cast["julien"]
    with acting_as(nadia):
        report = reports.draft_report(agent=nadia, concern_ref=concern.ref, now=at)
        reports.save_draft(
            agent=nadia,
            ref=report.ref,
            writing=_writing(concern),
            now=at,
        )
        reports.send_report(agent=nadia, ref=report.ref, now=at + HOUR)
        reports.tell_parents(agent=nadia, ref=report.ref, now=at + DAY)
    # Two of the prosecutor's returns are still awaited.
    if number < 8 and report.court_id == "tj59350":  # noqa: PLR2004
        _answer(report.ref, julien, at + 6 * DAY)


def _answer(ref: UUID, julien: Agent, at: datetime) -> None:
    with acting_as(julien):
        reports.acknowledge_report(agent=julien, ref=ref, now=at)
        reports.record_outcome(
            agent=julien, ref=ref, kind=OutcomeKind.JUDGE_SEISED, on=at.date(), now=at
        )
        reports.inform_back(agent=julien, ref=ref, now=at + HOUR)


def _writing(concern: Concern) -> Writing:
    return Writing(
        commune=concern.commune.code,
        grounds=(ReportGround.GRAVE_AND_IMMEDIATE,),
        exploitation=Exploitation(concern.exploitation),
        facts=concern.facts,
        danger=EVALUATION["danger_grounds"],
        minor_words=EVALUATION["minor_opinion"],
        measures="Aucune mesure à ce jour.",
        request="Saisine du juge des enfants.",
        parents_informed=True,
    )


def _follow(
    concern: Concern, ground: Ground, referent: Agent, supervisor: Agent, at: datetime
) -> None:
    with acting_as(supervisor):
        situation = situations.open_situation(
            agent=supervisor,
            ground=ground,
            reason="Suite de la décision.",
            referent=referent,
            concern_ref=concern.ref,
            now=at,
        )
    with acting_as(referent):
        situations.accept_situation(agent=referent, ref=situation.ref, now=at + DAY)
        for day, kind, text in NOTES:
            situations.add_entry(
                agent=referent,
                situation_ref=situation.ref,
                kind=kind,
                text=text,
                now=at + day * DAY,
            )


def _send_one_danger(cast: dict[str, Agent], school: Organisation, now: datetime) -> None:
    story = next(iter(stories(now=now, count=1, seed=17)))
    story |= {
        "external_ref": "demonstration-danger",
        "received_at": (now - timedelta(minutes=4)).isoformat(),
        "commune": "59350",
        "facts": "Ne répond plus depuis ce matin. A écrit à une amie : « viens me chercher, j'ai "
        "peur ». L'amie donne le nom d'une rue. [personne inventée]",
        "immediate_danger": True,
        "missing_now": True,
        "exploitation": "confirmed",
    }
    _send(story, school, cast["sofia"], now - timedelta(minutes=3))
