"""The evaluation, under the headings of the national framework (HAS, 2021)."""

from __future__ import annotations

from typing import Any

from django import forms

from fanal.detect.concerns.terms import Danger, DecisionOutcome
from fanal.ground.shell.forms import DayField
from fanal.ground.shell.lenient import LenientForm

LIMIT = 20_000


def _text(label: str, hint: str = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LIMIT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class MeetingPart(LenientForm):
    asked = ("minor_met", "minor_not_met_reason")

    minor_met = forms.TypedChoiceField(
        label="Le mineur a-t-il été rencontré\u00a0?",
        choices=(("True", "Oui"), ("False", "Non")),
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    minor_not_met_reason = _text(
        "Si non, pourquoi\u00a0?", "Le juge est alors saisi (art. D226-2-6 CASF).", rows=3
    )


class OpinionsPart(LenientForm):
    asked = ("minor_opinion", "parents_opinion")

    minor_opinion = _text("Avis du mineur", "Ce qu'il dit, avec ses mots.")
    parents_opinion = _text("Avis des parents")
    understanding = _text("Ce que chacun comprend de la situation")


class LifePart(LenientForm):
    resources = _text("Ressources et appuis", "Famille, proches, école, services.")
    health_and_school = _text("Santé, scolarité, développement")


class DangerPart(LenientForm):
    asked = ("danger", "danger_grounds")

    danger = forms.ChoiceField(
        label="Qualification du danger",
        choices=Danger.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    danger_grounds = _text("Ce qui la fonde", "Des faits, datés.")


class ProposalPart(LenientForm):
    asked = ("proposal",)

    proposal = forms.ChoiceField(
        label="Suite proposée",
        choices=DecisionOutcome.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    proposal_grounds = _text("Motifs de la proposition")


class EvaluationForm:
    """Five parts under the headings of the framework; everything may wait for the handing in."""

    PARTS: tuple[tuple[str, str, type[LenientForm]], ...] = (
        ("rencontre", "Rencontre du mineur", MeetingPart),
        ("avis", "Avis du mineur et des parents", OpinionsPart),
        ("vie", "Ressources, santé, scolarité", LifePart),
        ("danger", "Danger", DangerPart),
        ("proposition", "Proposition", ProposalPart),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        self.parts = [(key, title, part(data, initial=initial)) for key, title, part in self.PARTS]

    def is_valid(self) -> bool:
        # Every part is cleaned, also after one that is not valid.
        faulty = [part for _, _, part in self.parts if not part.is_valid()]
        return not faulty

    @property
    def cleaned_data(self) -> dict[str, Any]:
        """What is valid, even when another part is not: nothing written waits for the rest."""
        return {
            name: value for _, _, part in self.parts for name, value in part.cleaned_data.items()
        }

    def anchor(self, name: str) -> str:
        """Where a link to the field ``name`` must land."""
        for _, _, part in self.parts:
            if name in part.fields:
                return str(part[name].first_control)  # type: ignore[attr-defined]
        return ""


class VisitForm(forms.Form):
    on = DayField(label="Date")
    place = forms.CharField(
        label="Lieu",
        max_length=150,
        help_text="Par exemple : domicile, collège, maison du département.",
        error_messages={"required": "Écrivez le lieu."},
    )
    met = forms.CharField(
        label="Personnes rencontrées",
        max_length=300,
        error_messages={"required": "Écrivez qui vous avez rencontré."},
    )
    observations = _text("Constats")


class FindingsForm(forms.Form):
    findings = _text("Ce que l'évaluation dit de ce mineur")
