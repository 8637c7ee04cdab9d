"""Nobody stops following a minor whom a measure still protects."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.protect.measures.models import Measure
from fanal.protect.situations.models import Situation
from fanal.protect.situations.terms import ClosingReason, Status
from fanal.protect.situations.use_cases import propose_closing
from fanal.protect.situations.use_cases.closing import StillInForce

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 9, 12, tzinfo=UTC)


def propose(agent: Agent, situation: Situation) -> Situation:
    with acting_as(agent):
        return propose_closing(
            agent=agent,
            ref=situation.ref,
            reason=ClosingReason.DANGER_LIFTED,
            text="Le danger a cessé.",
            now=NOW,
        )


def test_closing_is_refused_while_a_measure_runs(
    claire: Agent, followed: Situation, aemo: Measure
) -> None:
    with pytest.raises(StillInForce, match="mettez-y fin"):
        propose(claire, followed)


def test_without_a_measure_closing_is_proposed(claire: Agent, followed: Situation) -> None:
    assert propose(claire, followed).status == Status.CLOSING
