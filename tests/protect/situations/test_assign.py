"""The référent changes; a minor never stays without one."""

from __future__ import annotations

import pytest

from factories import NOON, CaseFileFactory, ExclusionFactory, GrantFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.deadlines.models import Clock
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Minor
from fanal.protect.situations.models import HandedOver, HandOver, Situation
from fanal.protect.situations.queries import timeline
from fanal.protect.situations.use_cases import assign_referent, hand_over
from fanal.protect.situations.use_cases.assigning import SameReferent
from fanal.protect.situations.use_cases.handing_over import NothingToHandOver
from fanal.protect.situations.use_cases.letters import handover_receipt
from fanal.protect.situations.use_cases.opening import (
    CannotHoldFile,
    NotAReferent,
    NotSupervisor,
    ReasonMissing,
)
from past import past
from protect.situations.following import begin, posted, sees
from rows import as_owner

pytestmark = pytest.mark.django_db


def assign(agent: Agent, situation: Situation, referent: Agent, reason: str = "Congé") -> Situation:
    with acting_as(agent):
        return assign_referent(
            agent=agent, ref=situation.ref, referent=referent, reason=reason, now=NOON
        )


def pass_on(
    agent: Agent, situation: Situation, giver: Agent, taker: Agent, **more: object
) -> HandOver:
    with acting_as(agent):
        return hand_over(
            agent=agent,
            authority=situation.authority,
            giver=giver,
            taker=taker,
            reason="Départ du service",
            now=NOON,
            **more,  # type: ignore[arg-type]
        )


@pytest.fixture
def three(ines: Agent, claire: Agent, lea: Minor) -> list[Situation]:
    return [begin(ines, claire, minor) for minor in (lea, MinorFactory(), MinorFactory())]


def test_the_file_passes_with_the_responsibility(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    assign(ines, followed, yanis)

    assert (sees(claire, followed), sees(yanis, followed)) == (False, True)
    with acting_as(yanis):
        assert Clock.objects.get(subject_ref=followed.ref).owner == yanis
        lines = timeline(followed.case_file, agent=yanis, now=NOON)
    assert "Yanis Inventé devient référent, à la suite de Claire Inventé." in lines[-1].text
    assert past(Notification).filter(agent=yanis).exists()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("nadia", NotAReferent), ("zoe", NotAReferent), ("claire", SameReferent)],
)
def test_not_everybody_can_be_given_a_minor(
    request: pytest.FixtureRequest,
    ines: Agent,
    followed: Situation,
    who: str,
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        assign(ines, followed, request.getfixturevalue(who))


def test_assigning_is_for_those_who_supervise_and_says_why(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    with pytest.raises(NotSupervisor):
        assign(claire, followed, yanis)
    with pytest.raises(ReasonMissing):
        assign(ines, followed, yanis, " ")


def test_a_stranger_assigns_nothing(paul: Agent, followed: Situation) -> None:
    with pytest.raises(NotVisible):
        assign(paul, followed, paul)


def test_a_whole_list_passes_in_one_gesture_with_its_receipt(
    ines: Agent, claire: Agent, yanis: Agent, three: list[Situation]
) -> None:
    gesture = pass_on(ines, three[0], claire, yanis)

    assert all(sees(yanis, one) for one in three)
    assert not any(sees(claire, one) for one in three)
    with acting_as(yanis):
        assert gesture.lines.count() == 3
    assert bytes(gesture.receipt).startswith(b"%PDF")


def test_the_giver_keeps_the_receipt_and_not_the_files(
    claire: Agent, yanis: Agent, three: list[Situation]
) -> None:
    pass_on(claire, three[0], claire, yanis)

    assert all(sees(yanis, one) for one in three)
    with acting_as(claire):
        assert HandOver.objects.count() == 1
        assert HandedOver.objects.count() == 0
        assert Situation.objects.count() == 0


def test_a_stranger_sees_no_receipt(
    ines: Agent, claire: Agent, yanis: Agent, zoe: Agent, three: list[Situation]
) -> None:
    pass_on(ines, three[0], claire, yanis)

    with acting_as(zoe):
        assert not HandOver.objects.exists()


def test_one_refusal_leaves_the_whole_list_where_it_was(
    ines: Agent, claire: Agent, yanis: Agent, three: list[Situation]
) -> None:
    ExclusionFactory(case_file=three[2].case_file, agent=yanis)

    with pytest.raises(CannotHoldFile):
        pass_on(ines, three[0], claire, yanis)

    with acting_as(ines):
        assert {one.referent for one in Situation.objects.all()} == {claire}
        assert not HandOver.objects.exists()
    assert all(sees(claire, one) for one in three)


def test_a_part_of_the_list_may_stay(
    ines: Agent, claire: Agent, yanis: Agent, three: list[Situation]
) -> None:
    pass_on(ines, three[0], claire, yanis, situation_refs=[one.ref for one in three[:2]])

    assert [sees(claire, one) for one in three] == [False, False, True]


def test_a_list_that_holds_somebody_else_s_situation_is_refused(
    ines: Agent, claire: Agent, yanis: Agent, three: list[Situation]
) -> None:
    foreign = begin(ines, yanis, MinorFactory())

    with pytest.raises(NotVisible):
        pass_on(ines, three[0], claire, yanis, situation_refs=[three[0].ref, foreign.ref])


def test_a_colleague_hands_over_nobody_else_s_list(
    claire: Agent, yanis: Agent, three: list[Situation]
) -> None:
    with pytest.raises(NotSupervisor):
        pass_on(yanis, three[0], claire, yanis)


def test_there_must_be_something_to_hand_over(
    ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    with pytest.raises(NothingToHandOver):
        pass_on(ines, followed, yanis, claire)


def test_a_sealed_file_is_handed_over_by_its_holder(
    ines: Agent, claire: Agent, yanis: Agent, nord: Organisation, followed: Situation
) -> None:
    held = CaseFileFactory()
    GrantFactory(case_file=held, agent=ines, capacity="referent")
    sealed = begin(ines, claire, MinorFactory(case_file=held, given_names="Mia"))
    seal(sealed)
    other = posted(nord, "Nour", "supervisor")
    assert not sees(other, sealed)

    pass_on(claire, followed, claire, yanis)

    assert sees(yanis, sealed)


def test_the_receipt_says_initials_and_of_a_sealed_file_nothing(
    ines: Agent, claire: Agent, yanis: Agent, three: list[Situation]
) -> None:
    seal(three[1])
    with acting_as(claire):
        gesture = HandOver(
            authority=three[0].authority, giver=claire, taker=yanis, decided_by=claire, at=NOON
        )
        paper = handover_receipt(hand_over=gesture, situations=three, now=NOON)

    assert [line.minor for line in paper.situations] == [
        "L. I., 14 ans",
        "dossier sous scellé",
        "L. I., 14 ans",
    ]
    assert paper.situations[1].next_step == ""


def seal(situation: Situation) -> None:
    with as_owner():
        situation.case_file.sealed_at = NOON
        situation.case_file.seal_reason = "enfant d'un agent (invention)"
        situation.case_file.save()
