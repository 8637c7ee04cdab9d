"""The evaluation, under the headings of the national framework (HAS, 2021)."""

from __future__ import annotations

from django import forms

from fanal.detect.concerns.terms import Danger, DecisionOutcome
from fanal.ground.shell.forms import DayField

LIMIT = 20_000


def _text(label: str, hint: str = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LIMIT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class EvaluationForm(forms.Form):
    """Saved as one writes: everything may be empty until it is handed in."""

    minor_met = forms.TypedChoiceField(
        label="Le mineur a-t-il été rencontré ?",
        choices=(("True", "Oui"), ("False", "Non")),
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    minor_not_met_reason = _text(
        "Si non, pourquoi ?", "Le juge est alors saisi (art. D226-2-6 CASF).", rows=3
    )
    minor_opinion = _text("Avis du mineur", "Ce qu'il dit, avec ses mots.")
    parents_opinion = _text("Avis des parents")
    understanding = _text("Ce que chacun comprend de la situation")
    resources = _text("Ressources et appuis", "Famille, proches, école, services.")
    health_and_school = _text("Santé, scolarité, développement")
    danger = forms.ChoiceField(
        label="Qualification du danger",
        choices=Danger.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    danger_grounds = _text("Ce qui la fonde", "Des faits, datés.")
    proposal = forms.ChoiceField(
        label="Suite proposée",
        choices=DecisionOutcome.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    proposal_grounds = _text("Motifs de la proposition")


class VisitForm(forms.Form):
    on = DayField(label="Date")
    place = forms.CharField(label="Lieu", max_length=150)
    met = forms.CharField(label="Personnes rencontrées", max_length=300)
    observations = _text("Constats")


class FindingsForm(forms.Form):
    findings = _text("Ce que l'évaluation dit de ce mineur")
