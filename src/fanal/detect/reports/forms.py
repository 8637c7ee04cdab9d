from __future__ import annotations

import re
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from fanal.detect.concerns.terms import Exploitation
from fanal.detect.reports.models import Report
from fanal.detect.reports.terms import CopyKind, Ground, OutcomeKind, Status
from fanal.detect.reports.use_cases import Copy, Drawn, Writing
from fanal.ground.errors import Refusal
from fanal.ground.shell.forms import DayField
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import find_commune, search_communes

LONGEST = 20_000
_CODE = re.compile(r"(?:\d\d|2[AB])\d{3}", re.IGNORECASE)
_CODE_BESIDE = re.compile(r"\(((?:\d\d|2[AB])\d{3})\)\s*$", re.IGNORECASE)
_PROPOSED = 5


class CommuneField(forms.CharField):
    """A commune typed by its name or its INSEE code; the cleaned value is the code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 100)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        beside = _CODE_BESIDE.search(text)
        code = beside.group(1) if beside else text
        try:
            if _CODE.fullmatch(code):
                return find_commune(code).code
            return self._named(text).code
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    @staticmethod
    def _named(text: str) -> Commune:
        found = search_communes(text, limit=_PROPOSED)
        if not found:
            raise forms.ValidationError(
                "Aucune commune ne porte ce nom : écrivez son nom entier, ou son code INSEE."
            )
        alone = [one for one in found if one.name.casefold() == text.casefold()] or found
        if len(alone) > 1:
            named = ", ".join(written(one) for one in found)
            raise forms.ValidationError(
                f"Plusieurs communes portent ce nom : {named}. Recopiez la bonne, avec son code."
            )
        return find_commune(alone[0].code)


def written(commune: Commune) -> str:
    return f"{commune.name} ({commune.code})"


def _long_text(label: str, hint: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class WritingForm(forms.Form):
    """
    A signalement being written.

    A draft is kept as it is; ``whole``, it must hold what the procureur has to read.
    """

    grounds = forms.MultipleChoiceField(
        label="Pourquoi saisir le procureur ?",
        help_text="Art. L226-4 I du code de l'action sociale et des familles.",
        required=False,
        choices=Ground.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    urgent = forms.BooleanField(
        label="Urgent : une décision est demandée sans délai", required=False
    )
    facts = _long_text(
        "Faits",
        "Ce qui a été vu, dit ou constaté, par qui et quand. Séparez les faits des avis.",
        10,
    )
    danger = _long_text("Ce qui fait craindre pour le mineur")
    minor_words = _long_text(
        "Paroles du mineur", "Entre guillemets, telles qu'elles ont été dites."
    )
    exploitation = forms.ChoiceField(
        label="Exploitation sexuelle", choices=Exploitation.choices, widget=forms.RadioSelect
    )
    measures = _long_text("Mesures déjà prises", "Et ce qu'elles ont changé, ou non.")
    request = _long_text("Ce que vous demandez", "Laissé vide, le procureur apprécie.", 3)
    commune = CommuneField(
        label="Commune où vivent les parents ou le tuteur",
        help_text="Elle décide du tribunal. Nom, ou code INSEE.",
    )
    parents_informed = forms.BooleanField(
        label="Les parents sont informés de ce signalement", required=False
    )
    parents_reason = _long_text(
        "Sinon, pourquoi ?", "Ne pas les informer est une exception, dans l'intérêt de l'enfant.", 3
    )
    parents_may_be_involved = forms.BooleanField(
        label="Un parent est peut-être mêlé aux faits : attendre l'accord du procureur "
        "avant d'informer la famille",
        required=False,
    )
    copies = forms.MultipleChoiceField(
        label="Copies",
        required=False,
        choices=[choice for choice in CopyKind.choices if choice[0] != CopyKind.OTHER],
        widget=forms.CheckboxSelectMultiple,
    )
    other_copy = forms.CharField(
        label="Autre destinataire d'une copie", required=False, max_length=200
    )

    # What the screen was drawn from; without it, nothing that stands is overwritten.
    drawn_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    drawn_page = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, whole: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.whole = whole
        for name in ("grounds", "facts"):
            self.fields[name].required = whole

    @classmethod
    def initial_of(cls, report: Report) -> dict[str, Any]:
        """What the draft holds, as the form shows it."""
        copies = list(report.copies.all())
        kept = ("grounds", "urgent", "facts", "danger", "minor_words", "exploitation", "measures")
        parents = ("request", "parents_informed", "parents_reason", "parents_may_be_involved")
        shown = {name: getattr(report, name) for name in (*kept, *parents)}
        return (
            shown
            | cls.drawn_from(report)
            | {
                "commune": written(report.commune),
                "copies": [copy.kind for copy in copies if copy.kind != CopyKind.OTHER],
                "other_copy": next((one.label for one in copies if one.kind == CopyKind.OTHER), ""),
            }
        )

    @staticmethod
    def drawn_from(report: Report) -> dict[str, str]:
        return {"drawn_at": report.updated_at.isoformat(), "drawn_page": str(uuid4())}

    def drawn_again(self, report: Report) -> None:
        """What was typed stays; the next saving is weighed against what now stands."""
        # One value replaces the other: updating a QueryDict would keep both.
        data = cast("QueryDict", self.data).copy()
        for name, value in self.drawn_from(report).items():
            data[name] = value
        self.data = data

    def typed(self) -> list[tuple[str, str]]:
        """The texts as they were sent, each with its label."""
        texts = [field for field in self.visible_fields() if isinstance(field.value(), str)]
        return [
            (str(field.label), field.value())
            for field in texts
            if field.value().strip() and not isinstance(field.field, forms.ChoiceField)
        ]

    def clean_drawn_at(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.cleaned_data["drawn_at"])
        except ValueError:
            return None

    def clean_drawn_page(self) -> UUID | None:
        try:
            return UUID(self.cleaned_data["drawn_page"])
        except ValueError:
            return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("parents_informed") and cleaned.get("parents_may_be_involved"):
            self.add_error(
                "parents_may_be_involved",
                "Les parents ne peuvent pas être déjà informés et attendre l'accord du procureur.",
            )
        if self.whole and not (cleaned.get("parents_informed") or cleaned.get("parents_reason")):
            self.add_error("parents_reason", "Dites pourquoi les parents ne sont pas informés.")
        return cleaned

    def drawn(self) -> Drawn:
        return Drawn(at=self.cleaned_data["drawn_at"], page=self.cleaned_data["drawn_page"])

    def writing(self) -> Writing:
        answers = dict(self.cleaned_data)
        del answers["drawn_at"], answers["drawn_page"]
        kinds, other = answers.pop("copies"), answers.pop("other_copy")
        copies = [Copy(kind=CopyKind(kind)) for kind in kinds]
        if other:
            copies.append(Copy(kind=CopyKind.OTHER, label=other))
        answers["grounds"] = tuple(Ground(ground) for ground in answers["grounds"])
        answers["exploitation"] = Exploitation(answers["exploitation"])
        return Writing(copies=tuple(copies), **answers)


class DeedForm(forms.Form):
    """An act with nothing to write."""


class NoteForm(forms.Form):
    note = _long_text("Précision", rows=3)


class TellerForm(forms.Form):
    """What the parquet says; the CRIP that writes it down names who said so."""

    told_by = forms.CharField(
        label="Qui vous l'a dit, au parquet, et comment ?",
        help_text="Par exemple : greffe du parquet des mineurs, par téléphone.",
        max_length=200,
    )

    def __init__(self, *args: Any, by_the_parquet: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if by_the_parquet:
            del self.fields["told_by"]


class TellerNoteForm(TellerForm):
    note = _long_text("Précision", "Ce que le président du conseil départemental doit savoir.", 3)


class OutcomeForm(TellerForm):
    kind = forms.ChoiceField(
        label="Suite donnée", choices=OutcomeKind.choices, widget=forms.RadioSelect
    )
    on = DayField(label="Décidée le")
    note = _long_text(
        "Précision", "Ni nom de mis en cause, ni contenu de l'enquête : le dossier est protégé.", 3
    )
    field_order = ("kind", "on", "note", "told_by")


class FilterForm(forms.Form):
    status = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), *Status.choices]
    )
    urgent = forms.BooleanField(label="Urgents", required=False)
    unanswered = forms.BooleanField(label="Sans retour à temps", required=False)


class InboxFilterForm(forms.Form):
    status = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "À traiter"), ("all", "Tous"), *Status.choices[1:]],
    )
    urgent = forms.BooleanField(label="Urgents", required=False)
