from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from fanal.ground.agents.models import Agent, Posting
from fanal.ground.errors import Refusal
from fanal.ground.shell.forms import DayField
from fanal.ground.territory.models import ChildWelfareAuthority, Commune
from fanal.ground.territory.queries import find_commune, search_communes
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries.timeline import Strand
from fanal.protect.situations.terms import (
    CHOSEN_GROUNDS,
    WRITTEN_BY_HAND,
    ClosingReason,
    EntryKind,
    Ground,
    Status,
)

LONG = 10_000
SHORT = 300


def long_text(label: str, *, hint: str = "", rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Écrivez quelques mots."},
    )


class AgentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """Somebody chosen among those who may; the field is given its people when it is used."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Agent.objects.none(), empty_label="Choisissez une personne", **options
        )

    def label_from_instance(self, agent: Agent) -> str:
        return f"{agent.name}, {agent.function}" if agent.function else agent.name

    def offer(self, agents: Iterable[Agent]) -> None:
        self.queryset = Agent.objects.filter(pk__in=[one.pk for one in agents]).order_by("name")


class NoteForm(forms.Form):
    text = long_text("Ce qui s'est passé", rows=4)
    kind = forms.ChoiceField(
        label="Nature",
        choices=[(kind.value, kind.label) for kind in WRITTEN_BY_HAND],
        initial=EntryKind.NOTE,
    )
    day = DayField(label="Jour", required=False, help_text="Aujourd'hui si vous laissez vide.")
    hour = forms.TimeField(
        label="Heure",
        required=False,
        help_text="Par exemple 14:30.",
        input_formats=["%H:%M", "%Hh%M", "%H h %M", "%Hh"],
        error_messages={"invalid": "Écrivez l'heure comme 14:30."},
    )
    where = forms.CharField(label="Lieu", required=False, max_length=150)

    def moment(self, authority: ChildWelfareAuthority) -> datetime | None:
        """The moment that was typed, where the minor is followed; none when it is now."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        if day is None:
            return None
        return datetime.combine(day, hour or time.min, tzinfo=ZoneInfo(authority.timezone))


class CorrectForm(forms.Form):
    text = long_text("Texte corrigé", hint="Le texte d'origine reste lisible dans le fil.")


class ReasonForm(forms.Form):
    reason = long_text("Motif", rows=4)


class ExitInterviewForm(forms.Form):
    text = long_text("Ce qui a été dit, ou proposé et décliné", rows=4)


class OpenForm(forms.Form):
    ground = forms.ChoiceField(
        label="Fondement",
        choices=[(ground.value, ground.label) for ground in CHOSEN_GROUNDS],
        widget=forms.RadioSelect,
    )
    referent = AgentField(label="Référent")
    reason = long_text(
        "Motif", hint="Obligatoire pour un acte motivé : pourquoi ce mineur doit être suivi."
    )

    def __init__(self, *args: Any, people: Iterable[Agent], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["referent"].offer(people)  # type: ignore[attr-defined]
        self.fields["reason"].required = False

    @property
    def ground_chosen(self) -> Ground:
        return Ground(self.cleaned_data["ground"])


class AssignForm(forms.Form):
    referent = AgentField(label="Nouveau référent")
    reason = forms.CharField(label="Motif", max_length=SHORT)

    def __init__(self, *args: Any, people: Iterable[Agent], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["referent"].offer(people)  # type: ignore[attr-defined]


class ReopenForm(forms.Form):
    referent = AgentField(
        label="Référent", required=False, help_text="Le référent précédent si vous laissez vide."
    )
    reason = long_text("Motif", rows=4)

    def __init__(self, *args: Any, people: Iterable[Agent], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["referent"].offer(people)  # type: ignore[attr-defined]


class ProposeClosingForm(forms.Form):
    reason = forms.ChoiceField(
        label="Motif de clôture",
        choices=[
            (reason.value, reason.label)
            for reason in ClosingReason
            if reason != ClosingReason.TRANSFERRED
        ],
        widget=forms.RadioSelect,
    )
    text = long_text("Bilan", hint="Ce qui a changé pour le mineur, et ce qui reste à surveiller.")


class TransferForm(forms.Form):
    commune = forms.CharField(
        label="Commune où vit maintenant le mineur",
        max_length=80,
        help_text="Nom, code postal ou code INSEE. L'autorité compétente en découle.",
    )
    summary = long_text(
        "Ce que vous transmettez",
        hint=(
            "Le strict nécessaire pour continuer la protection (art. L226-2-2 CASF) : danger, "
            "mesures en cours, décisions attendues, personnes à joindre."
        ),
    )

    def clean_commune(self) -> Commune:
        """One commune, or the list of those that it may be."""
        typed = self.cleaned_data["commune"].strip()
        try:
            return find_commune(typed)
        except Refusal as refusal:
            found = search_communes(typed, limit=6)
            same = [one for one in found if one.name.casefold() == typed.casefold()]
            if len(found) == 1 or len(same) == 1:
                return (same or found)[0]
            if not found:
                raise forms.ValidationError(refusal.message) from refusal
            names = ", ".join(f"{one.code} ({one.label})" for one in found)
            raise forms.ValidationError(
                f"Plusieurs communes possibles, écrivez le code : {names}."
            ) from refusal


class MajorityForm(forms.Form):
    on = DayField(label="Jour de la majorité")
    reason = long_text(
        "Comment elle a été établie", hint="Acte d'état civil, décision de justice.", rows=3
    )


class AbsenceForm(forms.Form):
    absent = AgentField(label="Personne absente")
    stand_in = AgentField(
        label="Remplaçant",
        help_text="Il voit les situations du premier au dernier jour, puis plus rien.",
    )
    since = DayField(label="Premier jour")
    until = DayField(label="Dernier jour")

    def __init__(
        self, *args: Any, absents: Iterable[Agent], people: Iterable[Agent], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["absent"].offer(absents)  # type: ignore[attr-defined]
        self.fields["stand_in"].offer(people)  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    taker = AgentField(label="Reprises par")
    reason = forms.CharField(
        label="Motif", max_length=SHORT, help_text="Départ, réorganisation… Sans nom de mineur."
    )
    situations = forms.MultipleChoiceField(
        label="Situations remises",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une situation."},
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Agent],
        situations: list[tuple[Situation, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["taker"].offer(people)  # type: ignore[attr-defined]
        refs = [(str(situation.ref), label) for situation, label in situations]
        self.fields["situations"].choices = refs  # type: ignore[attr-defined]
        # The whole list in one gesture: what stays is unticked.
        self.fields["situations"].initial = [ref for ref, _ in refs]


class EndPostingForm(forms.Form):
    posting = forms.ModelChoiceField(
        label="Affectation", queryset=Posting.objects.none(), empty_label=None
    )
    last_day = DayField(label="Dernier jour")

    def __init__(self, *args: Any, postings: Iterable[Posting], **options: Any) -> None:
        super().__init__(*args, **options)
        keys = [posting.pk for posting in postings]
        field = self.fields["posting"]
        field.queryset = (  # type: ignore[attr-defined]
            Posting.objects.filter(pk__in=keys).select_related("organisation").order_by("pk")
        )


class MineForm(forms.Form):
    """What « Mes mineurs » is narrowed to."""

    shown = forms.ChoiceField(
        label="Montrer",
        required=False,
        choices=[
            ("", "Tous"),
            ("to_take_up", "À prendre en charge"),
            ("late", "Échéance dépassée"),
            ("stand_in", "En remplacement"),
            ("closing", "Clôture proposée"),
        ],
    )


class AuthorityForm(forms.Form):
    """What the list of an authority is narrowed to."""

    status = forms.ChoiceField(
        label="État", required=False, choices=[("", "En cours"), *Status.choices]
    )
    referent = AgentField(label="Référent", required=False)
    idle = forms.BooleanField(label="Sans écrit depuis 30 jours", required=False)

    def __init__(self, *args: Any, people: Iterable[Agent], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["referent"].offer(people)  # type: ignore[attr-defined]
        self.fields["referent"].empty_label = "Tous"  # type: ignore[attr-defined]


class FilForm(forms.Form):
    """What the Fil is narrowed to."""

    strand = forms.ChoiceField(
        label="Montrer", required=False, choices=[("", "Tout"), *Strand.choices]
    )
