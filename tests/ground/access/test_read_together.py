"""Files that were merged are read together: what closes one closes the others."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from factories import CaseFileFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile, Exclusion
from fanal.ground.access.terms import ExclusionKind
from fanal.ground.access.use_cases import exclude_agent, lift_exclusion
from fanal.ground.agents.models import Agent
from past import past

pytestmark = pytest.mark.django_db


def seen_by(agent: Agent) -> set[int]:
    with acting_as(agent):
        return set(CaseFile.objects.values_list("pk", flat=True))


def test_an_exclusion_closes_the_files_read_together(nadia: Agent, ines: Agent) -> None:
    root = CaseFileFactory()
    absorbed, other = CaseFileFactory(merged_into=root), CaseFileFactory()

    with acting_as(nadia):
        exclude_agent(
            agent=nadia, ref=absorbed.ref, excluded=ines, kind=ExclusionKind.RELATIVE,
            reason="Tante de l'enfant (inventé).", now=now(),
        )  # fmt: skip
    assert seen_by(ines) == {other.pk}

    with acting_as(nadia):
        lift_exclusion(
            agent=nadia, ref=past(Exclusion).first().ref, reason="Erreur (inventée).", now=now()
        )
    assert seen_by(ines) == {root.pk, absorbed.pk, other.pk}
