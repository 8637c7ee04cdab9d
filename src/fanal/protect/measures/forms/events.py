"""One form per event of a measure's course."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import TextChoices

from fanal.ground.shell.forms import DayField
from fanal.protect.measures.forms.fields import (
    CommuneField,
    hour_field,
    long_text,
    moment_of,
    written,
)
from fanal.protect.measures.models import Measure
from fanal.protect.measures.terms import (
    ADMINISTRATIVE_TYPES,
    JUDICIAL_TYPES,
    PLACEMENTS,
    SPECIFIC_TYPES,
    Answer,
    ChildHeard,
    KinOption,
    MeasureType,
    Orderer,
    Seiser,
)
from fanal.protect.measures.use_cases import Agreement, Terms


def chosen(label: str, words: type[TextChoices], **options: Any) -> forms.TypedChoiceField:
    """One word of a list; the cleaned value is the word itself."""
    return forms.TypedChoiceField(
        label=label, choices=words.choices, coerce=words, widget=forms.RadioSelect, **options
    )


class EventForm(forms.Form):
    """An event of one measure; ``prepare`` fits the fields to it."""

    def __init__(self, *args: Any, measure: Measure, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.measure = measure
        if "on" in self.fields:
            self.fields["on"].initial = today
        self.prepare()

    def prepare(self) -> None:
        """Nothing to fit."""


class DayForm(EventForm):
    on = DayField(label="Jour")


class ProvisionalForm(EventForm):
    by = chosen("Ordonnée par", Orderer)
    on = DayField(label="Jour de l'ordonnance")
    heard = forms.BooleanField(
        label="Le juge a entendu la famille avant de décider",
        required=False,
        help_text="Sinon, pour un placement, l'audience a lieu dans les 15 jours.",
    )
    judge_of_the_place = forms.BooleanField(
        label="C'est le juge du lieu où le mineur a été trouvé",
        required=False,
        help_text="Il se dessaisit dans le mois au profit du juge de la famille.",
    )
    kin_option = chosen(
        "Accueil par un proche ou un tiers digne de confiance", KinOption, initial=KinOption.URGENCY
    )
    kin_note = long_text("Ce qui a été évalué", rows=3, required=False)

    def prepare(self) -> None:
        if not self.measure.is_placement:
            del self.fields["kin_option"], self.fields["kin_note"]


class SeiseForm(EventForm):
    by = chosen("Saisi par", Seiser)
    on = DayField(label="Jour de la saisine")


class ExtendForm(EventForm):
    prosecutor_opinion_on = DayField(label="Avis du procureur, le")
    on = DayField(label="Jour de la prolongation")


class HandOverForm(EventForm):
    commune = CommuneField(label="Commune de la famille")
    on = DayField(label="Jour du dessaisissement")

    def prepare(self) -> None:
        self.fields["commune"].initial = written(self.measure.case_file.minor.commune)


class HearingForm(EventForm):
    day = DayField(label="Jour de l'audience")
    hour = hour_field("Heure")

    @property
    def at(self) -> datetime:
        typed = self.cleaned_data
        return moment_of(typed["day"], typed["hour"], self.measure.case_file.authority)


class HeldForm(EventForm):
    on = DayField(label="Jour de l'audience")
    child_heard = chosen("Audition de l'enfant", ChildHeard)


class AgreementForm(EventForm):
    on = DayField(label="Signé le")
    signed_by = forms.CharField(
        label="Signé par",
        max_length=200,
        help_text="Les représentants légaux (art. L223-2 CASF).",
    )


class AppealJudgedForm(EventForm):
    on = DayField(label="Jour de l'arrêt")
    note = long_text("Ce que la cour a décidé", rows=3)


class AskParentsForm(EventForm):
    text = forms.CharField(
        label="Ce que vous demandez aux parents",
        max_length=300,
        help_text="Le lieu ou le mode d'accueil. N'écrivez aucune adresse.",
    )
    sent_on = DayField(label="Demande envoyée le")
    received_on = DayField(
        label="Reçue par eux le",
        required=False,
        help_text="Avec un avis de réception, leur silence vaut accord après 4 semaines ; "
        "sans lui, 6 semaines après l'envoi.",
    )


class AnswerForm(EventForm):
    answer = forms.TypedChoiceField(
        label="Leur réponse",
        choices=[(one.value, one.label) for one in (Answer.AGREED, Answer.OPPOSED)],
        coerce=Answer,
        widget=forms.RadioSelect,
    )
    on = DayField(label="Jour de la réponse")


class BanForm(EventForm):
    by = chosen("Ordonnée par", Orderer)
    on = DayField(label="Jour de l'ordonnance")


class EndForm(EventForm):
    on = DayField(label="Jour de la décision")
    reason = long_text("Pourquoi", rows=3)


class TermsForm(EventForm):
    """What a decision says; a placement also says what kin could do."""

    type = forms.ChoiceField(label="Mesure décidée")
    decided_on = DayField(label="Jour de la décision")
    starts_on = DayField(
        label="Prend effet le", required=False, help_text="Le jour de la décision, sinon."
    )
    ends_on = DayField(label="Prend fin le", help_text="Tel qu'écrit dans la décision.")
    basis = forms.CharField(
        label="Fondement",
        max_length=150,
        required=False,
        help_text="Proposé : vérifiez-le sur la décision.",
    )
    child_heard = forms.ChoiceField(
        label="Audition de l'enfant",
        choices=[("", "Non précisé"), *ChildHeard.choices],
        required=False,
    )
    kin_option = forms.ChoiceField(
        label="Avant un placement : accueil par un proche",
        choices=[("", "Pas de placement"), *KinOption.choices],
        required=False,
    )
    kin_note = long_text("Ce qui a été évalué", rows=3, required=False)
    long_term = forms.BooleanField(
        label="Placement de longue durée : les parents ne pourront pas durablement s'occuper de "
        "l'enfant",
        required=False,
        help_text="Seul cas où la durée peut passer deux ans ; audience au moins tous les 3 ans.",
    )

    def prepare(self) -> None:
        measure = self.measure
        kinds = JUDICIAL_TYPES if measure.is_judicial else ADMINISTRATIVE_TYPES
        offered = [(one.value, str(one.label)) for one in (*kinds, *SPECIFIC_TYPES)]
        self.fields["type"].choices = offered  # type: ignore[attr-defined]
        self.fields["type"].initial = measure.type
        self.fields["basis"].initial = measure.basis
        self.fields["kin_option"].initial = measure.kin_option
        self.fields["kin_note"].initial = measure.kin_note
        self.fields["child_heard"].initial = measure.child_heard
        if not measure.is_judicial:
            for name in ("child_heard", "kin_option", "kin_note", "long_term"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        placement = cleaned.get("type") in PLACEMENTS
        if placement and not cleaned.get("kin_option"):
            self.add_error("kin_option", "Dites si l'accueil par un proche a été évalué.")
        return cleaned

    def terms(self) -> Terms:
        typed = self.cleaned_data
        return Terms(
            type=MeasureType(typed["type"]),
            decided_on=typed["decided_on"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            basis=typed["basis"],
            kin_option=typed.get("kin_option", ""),
            kin_note=typed.get("kin_note", ""),
            long_term=typed.get("long_term", False),
        )


class FollowForm(TermsForm):
    """A renewal or a modification, with the family's agreement anew when it is theirs."""

    agreed_on = DayField(label="Accord écrit signé le")
    agreed_by = forms.CharField(label="Accord signé par", max_length=200)

    def prepare(self) -> None:
        super().prepare()
        self.fields["starts_on"].initial = self.measure.ends_on
        if self.measure.is_judicial:
            del self.fields["agreed_on"], self.fields["agreed_by"]

    def agreement(self) -> Agreement | None:
        if self.measure.is_judicial:
            return None
        return Agreement(self.cleaned_data["agreed_on"], self.cleaned_data["agreed_by"])


class RenewForm(FollowForm):
    def prepare(self) -> None:
        super().prepare()
        del self.fields["type"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["type"] = self.measure.type
        return super().clean()
