"""The five steps of a concern, as its author writes them. Everything may stay empty until sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fanal.detect.concerns.forms.communes import commune_field
from fanal.detect.concerns.home import unreadable_ages
from fanal.detect.concerns.terms import AuthorKind, Exploitation
from fanal.detect.screening.queries import load
from fanal.ground.people.terms import Sex
from fanal.ground.shell.forms import DayField
from fanal.ground.shell.lenient import LenientForm, capitalised, lines

YES_NO = (("yes", "Oui"), ("no", "Non"))
FACTS_LIMIT = 20_000


class DangerStep(LenientForm):
    asked = ("immediate_danger", "missing_now")

    immediate_danger = forms.ChoiceField(
        label="Le jeune est-il en danger en ce moment\u00a0?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
        help_text="Violence en cours, menace, produit, détresse grave.",
    )
    missing_now = forms.ChoiceField(
        label="Sait-on où il est en ce moment\u00a0?",
        choices=(("no", "Oui, on le sait"), ("yes", "Non, il est introuvable")),
        widget=forms.RadioSelect,
        required=False,
    )


class MinorStep(LenientForm):
    asked = ("given_names", "family_name", "birth_date", "age_estimate", "sex", "commune")

    given_names = forms.CharField(label="Prénom", max_length=200, required=False)
    family_name = forms.CharField(
        label="Nom de famille",
        max_length=200,
        required=False,
        help_text="Un prénom ou un nom suffit, même incertain.",
    )
    birth_date = DayField(label="Date de naissance", required=False)
    age_estimate = forms.IntegerField(
        label="Âge estimé",
        min_value=0,
        max_value=17,
        required=False,
        help_text="En années, à la place de la date si vous ne la connaissez pas.",
        error_messages={
            "invalid": "Écrivez un nombre entier d'années, par exemple 15.",
            "max_value": "Écrivez un âge de 0 à 17 ans : une personne majeure ne relève pas d'une "
            "information préoccupante.",
            "min_value": "Écrivez un âge de 0 à 17 ans.",
        },
    )
    sex = forms.ChoiceField(
        label="Sexe", choices=capitalised(Sex), widget=forms.RadioSelect, required=False
    )
    commune = commune_field(
        "Commune où il vit ou séjourne",
        "Nom, code postal ou code INSEE. Elle décide du département qui reçoit.",
        required=False,
    )
    address = forms.CharField(label="Adresse", max_length=500, required=False, widget=lines(2))
    school = forms.CharField(label="Établissement scolaire", max_length=200, required=False)


class GridPart(LenientForm):
    """The grid: one group of boxes for each domain. None ticked is an answer, not an omission."""

    def __init__(self, data: Any = None, *, ticked: Iterable[str] = ()) -> None:
        grid, ticked = load(), list(ticked)
        initial = {
            domain.code: [one for one in ticked if one.partition("-")[0] == domain.code]
            for domain in grid.domains
        }
        super().__init__(data, initial=initial)
        self.asked = tuple(initial)
        for domain in grid.domains:
            self.fields[domain.code] = forms.MultipleChoiceField(
                label=domain.title,
                choices=[
                    *((item.code, _fact(item.fact, item.example)) for item in domain.items),
                    (domain.code, grid.domain_alone),
                ],
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def indicators(self) -> list[str]:
        return [one for name in self.fields for one in self.cleaned_data.get(name, [])]


class FactsStep(LenientForm):
    asked = ("facts", "exploitation")

    facts = forms.CharField(
        label="Ce que vous avez vu ou entendu",
        max_length=FACTS_LIMIT,
        required=False,
        widget=lines(12),
        help_text=(
            "Des faits : quoi, quand, où, qui l'a vu. Ses mots entre guillemets. "
            "Ce que vous en pensez vient après, à part. "
            "Jamais d'image : décrivez, ou donnez l'adresse d'une page."
        ),
    )
    exploitation = forms.ChoiceField(
        label="Une exploitation sexuelle est-elle évoquée\u00a0?",
        choices=capitalised(Exploitation),
        widget=forms.RadioSelect,
        required=False,
        help_text="Un doute suffit : il ne dit rien de l'enfant, il dit de regarder.",
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.grid = GridPart(data, ticked=(initial or {}).get("indicators") or [])

    def kept(self) -> dict[str, Any]:
        self.grid.is_valid()
        return {**super().kept(), "indicators": self.grid.indicators}


def _fact(fact: str, example: str) -> SafeString:
    return format_html('<span>{} <span class="quiet">Exemple : {}</span></span>', fact, example)


class KnowsStep(LenientForm):
    asked = (
        "child_informed",
        "parents_informed",
        "parents_reason",
        "author_name",
        "author_function",
        "author_contact",
    )

    child_informed = forms.ChoiceField(
        label="Le jeune sait-il que vous transmettez\u00a0?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    parents_informed = forms.ChoiceField(
        label="Les parents sont-ils informés\u00a0?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
        help_text=(
            "C'est la règle, sauf si c'est contraire à l'intérêt de l'enfant (art. L226-2-1 CASF)."
        ),
    )
    parents_reason = forms.CharField(
        label="Si non, pourquoi\u00a0?", max_length=2_000, required=False, widget=lines(3)
    )
    holders = forms.CharField(
        label="Parents ou tuteurs",
        required=False,
        max_length=2_000,
        widget=lines(3),
        help_text="Un par ligne. Exemple : Anne Inventée ; mère ; 06 00 00 00 00",
    )
    other_minors = forms.CharField(
        label="Autres mineurs du foyer",
        required=False,
        max_length=2_000,
        widget=lines(3),
        help_text="Un par ligne. Exemple : Tom Inventé ; 9 ans ; frère",
    )
    author_kind = forms.ChoiceField(label="Vous écrivez pour", choices=capitalised(AuthorKind))
    author_name = forms.CharField(label="Votre nom", max_length=200, required=False)
    author_function = forms.CharField(label="Votre fonction", max_length=200, required=False)
    author_contact = forms.CharField(
        label="Où vous joindre", max_length=500, required=False, help_text="Téléphone ou adresse."
    )

    def clean_other_minors(self) -> str:
        typed: str = self.cleaned_data["other_minors"]
        if faults := unreadable_ages(typed):
            raise forms.ValidationError(faults)
        return typed


class AdditionForm(forms.Form):
    text = forms.CharField(
        label="Ce que vous ajoutez",
        max_length=FACTS_LIMIT,
        widget=lines(8),
        help_text="Des faits nouveaux : quoi, quand, où, qui l'a vu. Jamais d'image.",
        error_messages={"required": "Écrivez ce que vous ajoutez."},
    )


class WithdrawalForm(forms.Form):
    text = forms.CharField(
        label="Pourquoi demandez-vous le retrait\u00a0?",
        max_length=2_000,
        widget=lines(4),
        error_messages={"required": "Dites pourquoi : la cellule lit votre motif et décide."},
    )
