"""Who opens to whom, in the demonstration: a share, somebody kept out, two emergencies."""

from __future__ import annotations

from datetime import datetime, timedelta

from fanal.ground.access import use_cases as access
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import BreakGlass, CaseFile
from fanal.ground.access.terms import DisclosureGround, ExclusionKind, Verdict
from fanal.ground.agents.models import Agent
from fanal.ground.privacy.terms import Tag
from fanal.protect.situations.models import Situation


def play_openings(cast: dict[str, Agent], *, now: datetime) -> None:
    """Each through the very use cases of the product; nothing is played when nobody is followed."""
    of_claire, of_malo = (_followed_by(cast[name], cast["inès"]) for name in ("claire", "malo"))
    if not of_claire or not of_malo:
        return
    _share(of_claire[0], cast, now)
    with acting_as(cast["nadia"]):
        access.exclude_agent(
            agent=cast["nadia"],
            ref=of_claire[0].ref,
            excluded=cast["malo"],
            kind=ExclusionKind.RELATIVE,
            reason="Cousin de la mère. [personne inventée]",
            now=now,
        )
    reviewed = _break(of_malo[0], cast["claire"], now)
    with acting_as(cast["solène"]):
        access.review_opening(
            agent=cast["solène"],
            ref=reviewed.ref,
            verdict=Verdict.JUSTIFIED,
            reason="Le référent était injoignable et l'enfant dehors.",
            now=now,
        )
    _break(of_claire[-1], cast["malo"], now)


def _followed_by(referent: Agent, supervisor: Agent) -> list[CaseFile]:
    with acting_as(supervisor):
        followed = Situation.objects.living().followed_by(referent).order_by("opened_at", "pk")
        return [one.case_file for one in followed.select_related("case_file__authority")]


def _share(file: CaseFile, cast: dict[str, Agent], now: datetime) -> None:
    with acting_as(cast["claire"]):
        share = access.share_file(
            agent=cast["claire"],
            ref=file.ref,
            written=access.Written(
                shared_with=cast["sofia"],
                ground=DisclosureGround.PROTECTION,
                purpose="Préparer le retour au collège.",
                fields=frozenset({Tag.IDENTITY, Tag.NARRATIVE}),
                days=30,
                informed_parents=True,
                informed_child=True,
                texts={
                    Tag.NARRATIVE: "Reprend les cours trois jours sur cinq. Demande à "
                    "pouvoir sortir de classe si elle ne va pas bien. [personne inventée]"
                },
            ),
            now=now,
        )
    with acting_as(cast["sofia"]):
        access.answer_share(
            agent=cast["sofia"],
            ref=share.ref,
            reply="Bien reçu, l'infirmière l'accueillera.",
            returned=False,
            now=now,
        )


def _break(file: CaseFile, agent: Agent, now: datetime) -> BreakGlass:
    with acting_as(agent):
        return access.break_glass(
            agent=agent,
            ref=file.ref,
            reason="Le référent est injoignable. [personne inventée]",
            danger="N'est pas rentrée cette nuit et ne répond plus. [personne inventée]",
            hours=24,
            now=now - timedelta(minutes=1),
        )
