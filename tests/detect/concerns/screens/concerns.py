"""Concerns on the way, and the addresses of their screens. All people are invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from factories import ConcernFactory, GrantFactory, InformantFactory, RowFactory
from fanal.detect.concerns.models import Concern, Evaluation
from fanal.ground.agents.models import Agent
from rows import as_owner

WRITTEN = {
    "minor_met": "True",
    "minor_opinion": "« Je veux qu'on m'écoute. »",
    "parents_opinion": "Sa mère demande de l'aide.",
    "understanding": "Chacun voit le danger.",
    "resources": "Une tante, l'infirmière du collège.",
    "health_and_school": "Absente depuis deux semaines.",
    "danger": "danger",
    "danger_grounds": "Trois fugues depuis février.",
    "proposal": "report_to_prosecutor",
    "proposal_grounds": "Elle ne peut pas être protégée sans le juge.",
}


class EvaluationFactory(RowFactory[Evaluation]):
    class Meta:
        model = Evaluation


def received(**given: Any) -> Concern:
    """A concern of two hours ago, with whoever wrote it."""
    moment = now() - timedelta(hours=2)
    dated = {
        "received_at": moment,
        "target_due_at": moment + timedelta(days=15),
        "evaluation_due": (moment + timedelta(days=92)).date(),
    }
    concern = ConcernFactory(**(dated | given))
    InformantFactory(concern=concern)
    return concern


def entrusted(lead: Agent, **given: Any) -> Concern:
    """A concern under evaluation."""
    moment = now() - timedelta(hours=1)
    concern = received(**({"status": "under_evaluation", "opened_at": moment} | given))
    GrantFactory(case_file=concern.case_file, agent=lead, capacity="evaluator")
    EvaluationFactory(
        case_file=concern.case_file,
        concern=concern,
        lead=lead,
        started_at=moment,
        updated_at=moment,
    )
    return concern


def evaluated(lead: Agent, **given: Any) -> Concern:
    concern = entrusted(lead, status="evaluated", **given)
    with as_owner():
        written = Evaluation.objects.get(concern=concern)
        for name, value in (WRITTEN | {"minor_met": True, "submitted_at": now()}).items():
            setattr(written, name, value)
        written.save()
    return concern


def proposed(by: Agent, lead: Agent, **given: Any) -> Concern:
    return evaluated(
        lead,
        proposed="no_further_action",
        proposed_reason="Situation apaisée.",
        proposed_by=by,
        proposed_at=now(),
        **given,
    )


def decided(by: Agent, **given: Any) -> Concern:
    return received(
        **(
            {
                "status": "decided",
                "outcome": "admin_measure",
                "reason": "Les parents sont d'accord.",
                "decided_by": by,
                "decided_at": now(),
                "opened_at": now(),
            }
            | given
        )
    )


def to(name: str, concern: Concern, *more: Any) -> str:
    return reverse(f"concerns:{name}", args=[concern.ref, *more])


def fresh(concern: Concern) -> Concern:
    with as_owner():
        return Concern.objects.select_related("decided_by", "signed_by").get(pk=concern.pk)
