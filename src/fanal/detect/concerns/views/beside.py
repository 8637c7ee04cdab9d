"""What a screen about one concern shows beside the facts, and the deed that comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import now

from fanal.detect.concerns.models import Concern, ConcernStep, Evaluation, Informant
from fanal.detect.concerns.terms import ENDED, DecisionOutcome, Qualification, Status, Step
from fanal.detect.screening.queries import read
from fanal.ground.access.decisions import holds
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.deadlines.terms import Confidence, Counting, Outcome
from fanal.ground.documents.queries import documents_of
from fanal.ground.people.models import Merge
from fanal.ground.people.queries import PossibleMinor, files_of, possible_minors
from fanal.ground.people.terms import BirthPrecision
from fanal.ground.shell.pieces import Crumb, Happening
from fanal.ground.territory.queries import local_day

KNOWN = 10
DOCUMENTS = 10

ICONS = {
    Step.RECEIVED: "inbox",
    Step.OPENED: "eye",
    Step.COMPLETED: "plus",
    Step.WITHDRAWN: "undo-2",
    Step.EVALUATE: "clipboard-list",
    Step.JOIN: "merge",
    Step.PROPOSED: "signature",
    Step.SENT_BACK: "corner-down-right",
    Step.NOT_A_CONCERN: "circle-x",
    Step.TRANSFERRED: "share-2",
    Step.REPORTED: "scale",
    Step.VISITED: "footprints",
    Step.EVALUATED: "clipboard-check",
    Step.DECIDED: "gavel",
    Step.NOTIFIED: "mail",
    Step.CLOSED: "archive",
    Step.SIBLING: "users",
}


def crumbs_of(concern: Concern, *then: str) -> list[Crumb]:
    """The way back to the list; ``then`` names a screen inside the concern."""
    home = Crumb("Informations préoccupantes", reverse("concerns:list"))
    if not then:
        return [home, Crumb(concern.receipt)]
    return [home, Crumb(concern.receipt, concern.get_absolute_url()), *map(Crumb, then)]


def concern_context(agent: Agent, concern: Concern, *then: str) -> dict[str, Any]:
    minor = concern.case_file.minor
    qualifies = holds(agent, Right.QUALIFY_CONCERNS)
    evaluation: Evaluation | None = getattr(concern, "evaluation", None)
    course = list(concern.steps.select_related("agent").order_by("-at", "-id"))
    reads = holds(agent, Right.READ_DOCUMENTS)
    return {
        "concern": concern,
        "minor": minor,
        "age": minor.age_in_words(local_day(concern.authority, now())),
        "informant": Informant.objects.filter(concern=concern).first(),
        "reading": read(concern.indicators) if concern.indicators else None,
        "possible": _possible(concern) if qualifies else [],
        "known": _known(concern) if qualifies else [],
        "merges": _merges(concern) if holds(agent, Right.MERGE_MINORS) else [],
        "others": concern.other_minors.select_related("opened"),
        "holders": concern.case_file.holders.all(),
        "additions": concern.additions.select_related("agent"),
        "course": [_happening(step) for step in course],
        "clocks": clocks_of(concern),
        "documents": documents_of(concern.case_file)[:DOCUMENTS] if reads else [],
        "may_qualify": qualifies,
        "may_sign": may_sign(agent, concern),
        "may_read_documents": reads,
        "may_open_to": holds(agent, Right.SHARE_FILES),
        "may_manage": holds(agent, Right.MANAGE_SITUATIONS),
        "report_href": report_address(agent, concern),
        "deed": next_deed(agent, concern, evaluation, {one.step for one in course}),
        "proposal": proposed_words(concern),
        "evaluation": evaluation,
        "crumbs": crumbs_of(concern, *then),
    }


def may_sign(agent: Agent, concern: Concern) -> bool:
    """Something waits for a second signature, and the agent is not who proposed it."""
    signs = holds(agent, Right.SIGN_DECISIONS) and concern.proposed_by_id != agent.pk
    return bool(concern.proposed) and signs


def proposed_words(concern: Concern) -> str:
    """The decision that waits for a second signature, in words."""
    words = {**dict(Qualification.choices), **dict(DecisionOutcome.choices)}
    return str(words.get(concern.proposed, ""))


@dataclass(frozen=True, slots=True)
class Running:
    """A period as the clock piece draws it."""

    label: str
    due: date
    since: date
    done: date | None
    basis: str
    target: bool


def clocks_of(concern: Concern) -> list[Running]:
    """The periods that run about the concern, then those that were met."""
    clocks = Clock.objects.for_subject(concern.ref).exclude(
        outcome__in=(Outcome.MOOT, Outcome.TRANSFERRED)
    )
    running = [_running(clock) for clock in clocks.soonest_first()]
    return sorted(running, key=lambda one: one.done is not None)


def _running(clock: Clock) -> Running:
    to_the_minute = clock.rule_snapshot["counting"] == Counting.INSTANT
    confidence = clock.confidence
    doubt = "" if confidence == Confidence.READ else f" ({confidence.label})"
    article = str(clock.rule_snapshot["article"])
    return Running(
        label=clock.label,
        due=clock.due_at if to_the_minute else clock.due_on,
        since=clock.starts_at,
        done=clock.stopped_at,
        basis=f"{article[:1].upper()}{article[1:]}{doubt}. {clock.why}",
        target=clock.is_a_target,
    )


def _happening(step: ConcernStep) -> Happening:
    return Happening(
        at=step.at,
        what=step.get_step_display(),
        who=step.agent.name if step.agent else "",
        detail=step.note,
        icon=ICONS[Step(step.step)],
    )


@dataclass(frozen=True, slots=True)
class Possible:
    """Somebody who may be the same minor: why, and what is known of them."""

    match: PossibleMinor
    concerns: list[Concern]


def _possible(concern: Concern) -> list[Possible]:
    minor = concern.case_file.minor
    if not minor.name_plain:
        return []
    found = possible_minors(
        given_names=minor.given_names,
        family_name=minor.family_name,
        birth_date=minor.birth_date,
        birth_precision=BirthPrecision(minor.birth_precision),
        besides=concern.case_file,
    )
    theirs = Concern.objects.filter(case_file__in=[one.minor.case_file_id for one in found])
    by_file = defaultdict(list)
    for one in theirs.order_by("-received_at"):
        by_file[one.case_file_id].append(one)
    return [Possible(one, by_file[one.minor.case_file_id]) for one in found]


def _known(concern: Concern) -> Iterable[Concern]:
    """Other concerns of the file, and of those that were joined to it."""
    others = Concern.objects.filter(case_file__in=files_of(concern.case_file))
    return others.exclude(pk=concern.pk).order_by("-received_at")[:KNOWN]


def _merges(concern: Concern) -> Iterable[Merge]:
    files = files_of(concern.case_file)
    living = Merge.objects.filter(case_file__in=files, undone_at__isnull=True)
    return living.select_related("agent").order_by("-at")


@dataclass(frozen=True, slots=True)
class Deed:
    """The one thing to do now, or the words that say for whom it waits."""

    label: str = ""
    href: str = ""
    icon: str = ""
    waits: str = ""


# What whoever qualifies does next: words, screen, icon.
_NEXT = {
    Status.RECEIVED: ("Qualifier cette information", "qualify", "clipboard-list"),
    Status.FIRST_ANALYSIS: ("Qualifier cette information", "qualify", "clipboard-list"),
    Status.EVALUATED: ("Décider de la suite", "decide", "gavel"),
    Status.DECIDED: ("Notifier la décision", "notify", "mail"),
    Status.NOTIFIED: ("Clore cette information", "close", "archive"),
}


def next_deed(
    agent: Agent, concern: Concern, evaluation: Evaluation | None, done: set[str]
) -> Deed | None:
    """What comes next for this agent, from the state of the concern."""
    if concern.proposed:
        if may_sign(agent, concern):
            return Deed("Lire et signer", _to("sign", concern), "signature")
        return Deed(waits="Attend la seconde signature d'un autre cadre de l'autorité.")
    if concern.status == Status.UNDER_EVALUATION and evaluation is not None:
        return _while_evaluated(agent, concern, evaluation)
    if concern.status not in _NEXT or not holds(agent, Right.QUALIFY_CONCERNS):
        return None
    if concern.status == Status.DECIDED and (report := _report(agent, concern, done)):
        return report
    label, screen, icon = _NEXT[Status(concern.status)]
    return Deed(label, _to(screen, concern), icon)


def _while_evaluated(agent: Agent, concern: Concern, evaluation: Evaluation) -> Deed:
    if evaluation.lead_id == agent.pk:
        return Deed("Écrire l'évaluation", _to("evaluate", concern), "notebook-pen")
    return Deed(waits=f"Évaluation confiée à {evaluation.lead.name}.")


def _report(agent: Agent, concern: Concern, done: set[str]) -> Deed | None:
    """A signalement that was decided is written before anybody is told."""
    decided = concern.outcome == DecisionOutcome.REPORT_TO_PROSECUTOR
    href = report_address(agent, concern)
    if not decided or Step.REPORTED in done or not href:
        return None
    return Deed("Rédiger le signalement", href, "scale")


def report_address(agent: Agent, concern: Concern) -> str:
    """Where a signalement about the concern is written, for who may; nothing otherwise."""
    if not holds(agent, Right.SEND_REPORTS) or concern.status in ENDED:
        return ""
    try:
        return reverse("reports:draft", args=[concern.ref])
    except NoReverseMatch:
        return ""


def _to(name: str, concern: Concern) -> str:
    return reverse(f"concerns:{name}", args=[concern.ref])
