"""What the CRIP decides on a concern."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fanal.detect.concerns.forms.communes import commune_field
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.terms import DecisionOutcome, Exploitation, Qualification, Status
from fanal.ground.agents.models import Agent
from fanal.ground.people.queries import PossibleMinor
from fanal.ground.shell.lenient import LenientForm, capitalised, lines
from fanal.ground.shell.words import exact_day, local_day

# No proposal was made then.
NEVER = datetime.min.replace(tzinfo=UTC)


def _deed(label: str, consequence: str) -> SafeString:
    return format_html('<span>{}<br><span class="quiet">{}</span></span>', label, consequence)


class QualifyForm(LenientForm):
    """The first decision. Joining is offered only when there is a file to join."""

    asked = ("evaluator", "case_file", "reason")

    decision = forms.ChoiceField(
        label="Votre décision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision."},
    )
    evaluator = forms.ModelChoiceField(
        label="Évaluation confiée à",
        queryset=Agent.objects.none(),
        required=False,
        empty_label="Choisir une personne",
        help_text="Si vous ouvrez une évaluation.",
    )
    case_file = forms.ChoiceField(
        label="Dossier à rejoindre", required=False, help_text="Si vous joignez l'information."
    )
    reason = forms.CharField(
        label="Motif",
        widget=lines(4),
        required=False,
        max_length=5_000,
        help_text="Facultatif si vous ouvrez une évaluation.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        concern: Concern,
        evaluators: list[Agent],
        possible: list[PossibleMinor],
    ) -> None:
        super().__init__(data)
        choices = qualifications(concern)
        if possible:
            self.fields["case_file"].choices = [  # type: ignore[attr-defined]
                ("", "Choisir un dossier"),
                *(
                    (
                        str(one.minor.case_file.ref),
                        f"{one.minor.full_name} ({', '.join(one.reasons)})",
                    )
                    for one in possible
                ),
            ]
        else:
            del self.fields["case_file"]
            choices = [one for one in choices if one[0] != Qualification.JOIN]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
        self.fields["evaluator"].queryset = Agent.objects.filter(  # type: ignore[attr-defined]
            pk__in=[agent.pk for agent in evaluators]
        ).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision = cleaned.get("decision")
        if decision == Qualification.EVALUATE and not cleaned.get("evaluator"):
            self.add_error("evaluator", "Choisissez qui mène l'évaluation.")
        if decision == Qualification.JOIN and not cleaned.get("case_file"):
            self.add_error("case_file", "Choisissez le dossier à rejoindre.")
        if decision not in (None, Qualification.EVALUATE) and not cleaned.get("reason"):
            self.add_error("reason", "Écrivez le motif : il reste au dossier.")
        return cleaned


def qualifications(concern: Concern) -> list[tuple[str, SafeString]]:
    """Each decision with what it sets going."""
    legal = exact_day(concern.evaluation_due)
    target = exact_day(local_day(concern.target_due_at))
    consequences = {
        Qualification.EVALUATE: (
            f"Ouvre une évaluation : échéance légale {legal} (art. D226-2-4 CASF), "
            f"objectif {target}. L'auteur voit « en cours »."
        ),
        Qualification.JOIN: (
            "Les deux dossiers se lisent ensemble ; cette information n'a plus de délai propre. "
            "Cela se défait si c'était une erreur."
        ),
        Qualification.NOT_A_CONCERN: (
            "Une exploitation est évoquée : la loi tient ce mineur pour en danger. Une seconde "
            "personne doit signer ; d'ici là rien n'est décidé."
            if concern.needs_second_signature
            else "L'information est close et ses délais s'arrêtent. L'auteur voit "
            "« réponse donnée »."
        ),
    }
    return [(value, _deed(label, consequences[value])) for value, label in _choices(Qualification)]


OUTCOMES = {
    DecisionOutcome.NO_FURTHER_ACTION: (
        "Une seconde personne doit signer ; d'ici là rien n'est décidé."
    ),
    DecisionOutcome.COMMON_LAW_REFERRAL: (
        "La famille est orientée, rien ne lui est imposé. L'information se clôt une fois notifiée."
    ),
    DecisionOutcome.ADMIN_MEASURE: (
        "Demande l'accord écrit des représentants légaux (art. L223-2 CASF). Un cadre ouvre "
        "ensuite la situation et désigne un référent."
    ),
    DecisionOutcome.REPORT_TO_PROSECUTOR: (
        "Le signalement se rédige ensuite ; les parents en sont informés par écrit, sauf intérêt "
        "contraire de l'enfant (art. L226-5 CASF)."
    ),
}


def _choices(words: type[TextChoices]) -> list[tuple[Any, str]]:
    return [(one, str(one.label)) for one in words]


class DecideForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Suite donnée",
        choices=[
            (one.value, _deed(label, OUTCOMES[one])) for one, label in _choices(DecisionOutcome)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une suite."},
    )
    parents_agree = forms.BooleanField(
        label="Nous avons l'accord écrit des représentants légaux (mesure administrative)",
        required=False,
    )
    reason = forms.CharField(
        label="Motif de la décision",
        widget=lines(5),
        max_length=5_000,
        error_messages={"required": "Écrivez le motif : il reste au dossier."},
    )


class SignForm(forms.Form):
    """The button alone signs; the proposal that was read comes with it."""

    proposed_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_proposed_at(self) -> datetime:
        try:
            return datetime.fromisoformat(self.cleaned_data["proposed_at"]).astimezone(UTC)
        except (ValueError, OverflowError):
            return NEVER


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        widget=lines(4),
        max_length=5_000,
        error_messages={"required": "Dites pourquoi : la personne qui a proposé le lira."},
    )


class TransferForm(forms.Form):
    use_required_attribute = False

    commune = commune_field(
        "Commune dont relève le mineur",
        "Celle des parents, ou du service qui l'accueille. Nom, code postal ou code INSEE.",
        required=True,
    )
    reason = forms.CharField(
        label="Motif de la transmission",
        widget=lines(4),
        max_length=5_000,
        error_messages={"required": "Dites pourquoi : l'autorité qui reçoit le lira."},
    )


class OtherMinorForm(forms.Form):
    facts = forms.CharField(
        label="Ce qui concerne ce mineur",
        widget=lines(6),
        max_length=20_000,
        help_text="Laissé vide, les faits de l'information d'origine sont repris.",
        required=False,
    )


SHOWN = (
    ("", "Ouvertes"),
    ("new", "Reçues, à ouvrir"),
    ("late", "Objectif dépassé"),
    ("past_law", "Délai légal dépassé"),
    ("week", "À rendre sous 7 jours"),
    ("sign", "À signer"),
    ("ended", "Terminées"),
    ("all", "Toutes"),
)


class ListForm(forms.Form):
    """Filters of the list; nothing typed wrong ever hides a concern silently."""

    q = forms.CharField(label="Nom ou numéro", required=False, max_length=100)
    shown = forms.ChoiceField(label="Montrer", choices=SHOWN, required=False)
    status = forms.ChoiceField(
        label="État", choices=[("", "Tous"), *capitalised(Status)], required=False
    )
    exploitation = forms.ChoiceField(
        label="Exploitation",
        choices=[("", "Toutes"), *capitalised(Exploitation)],
        required=False,
    )
    flag = forms.ChoiceField(
        label="Signalé",
        choices=[("", "Tous"), ("danger", "Danger immédiat"), ("missing", "Introuvable")],
        required=False,
    )
    commune = forms.CharField(label="Commune", required=False, max_length=80)
