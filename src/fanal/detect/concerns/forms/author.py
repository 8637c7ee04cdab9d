"""The five steps of a concern, as its author writes them. Everything may stay empty until sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fanal.detect.concerns.forms.communes import commune_field
from fanal.detect.concerns.terms import AuthorKind, Exploitation
from fanal.detect.screening.queries import load
from fanal.ground.people.terms import Sex
from fanal.ground.shell.forms import DayField

YES_NO = (("yes", "Oui"), ("no", "Non"))
FACTS_LIMIT = 20_000


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StepForm(forms.Form):
    """A step may be left half written; what the sending will ask for is not called optional."""

    use_required_attribute = False
    asked: tuple[str, ...] = ()

    def __init__(self, *args: Any, initial: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField):
                self.initial[name] = _day(self.initial.get(name))
        self._ask(True)

    def full_clean(self) -> None:
        self._ask(False)
        super().full_clean()
        self._ask(True)

    def kept(self) -> dict[str, Any]:
        """Valid answers as JSON, and the raw text of the others: nothing typed is lost."""
        kept: dict[str, Any] = {}
        for name in self.fields:
            if name in self.cleaned_data:
                value = self.cleaned_data[name]
                kept[name] = value.isoformat() if isinstance(value, date) else value
            else:
                kept[name] = self.data.get(name, "")
        return kept

    def _ask(self, asked: bool) -> None:
        for name in self.asked:
            self.fields[name].required = asked


def _day(kept: Any) -> Any:
    """A day as it was kept in the draft; a text that is no day stays what was typed."""
    try:
        return date.fromisoformat(kept)
    except (TypeError, ValueError):
        return kept


class DangerStep(StepForm):
    asked = ("immediate_danger", "missing_now")

    immediate_danger = forms.ChoiceField(
        label="Le jeune est-il en danger en ce moment ?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
        help_text="Violence en cours, menace, produit, détresse grave.",
    )
    missing_now = forms.ChoiceField(
        label="Sait-on où il est en ce moment ?",
        choices=(("no", "Oui, on le sait"), ("yes", "Non, il est introuvable")),
        widget=forms.RadioSelect,
        required=False,
    )


class MinorStep(StepForm):
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
        label="Ou âge estimé",
        min_value=0,
        max_value=17,
        required=False,
        help_text="En années, si vous ne connaissez pas la date.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 3}),
        error_messages={
            "invalid": "Écrivez un nombre entier d'années, par exemple 15.",
            "max_value": "Écrivez un âge de 0 à 17 ans : une personne majeure ne relève pas d'une "
            "information préoccupante.",
            "min_value": "Écrivez un âge de 0 à 17 ans.",
        },
    )
    sex = forms.ChoiceField(
        label="Sexe", choices=Sex.choices, widget=forms.RadioSelect, required=False
    )
    commune = commune_field(
        "Commune où il vit ou séjourne",
        "Nom, code postal ou code INSEE. Elle décide du département qui reçoit.",
        required=False,
    )
    address = forms.CharField(label="Adresse", max_length=500, required=False, widget=lines(2))
    school = forms.CharField(label="Établissement scolaire", max_length=200, required=False)


class GridPart(forms.Form):
    """The grid: one group of boxes for each domain. None ticked is an answer."""

    def __init__(self, data: Any = None, *, ticked: Iterable[str] = ()) -> None:
        grid, ticked = load(), list(ticked)
        initial = {
            domain.code: [one for one in ticked if one.partition("-")[0] == domain.code]
            for domain in grid.domains
        }
        super().__init__(data, initial=initial)
        for domain in grid.domains:
            self.fields[domain.code] = forms.MultipleChoiceField(
                label=domain.title,
                choices=[
                    *((item.code, _fact(item.fact, item.example)) for item in domain.items),
                    (domain.code, grid.domain_alone),
                ],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    @property
    def indicators(self) -> list[str]:
        return [one for name in self.fields for one in self.cleaned_data.get(name, [])]


class FactsStep(StepForm):
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
        label="Une exploitation sexuelle est-elle évoquée ?",
        choices=Exploitation.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Un doute suffit : il ne dit rien de l'enfant, il dit de regarder.",
    )

    def __init__(
        self, data: Any = None, *, initial: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, initial=initial, **kwargs)
        self.grid = GridPart(data, ticked=(initial or {}).get("indicators") or [])

    def kept(self) -> dict[str, Any]:
        self.grid.is_valid()
        return {**super().kept(), "indicators": self.grid.indicators}


def _fact(fact: str, example: str) -> SafeString:
    return format_html('<span>{} <span class="quiet">Exemple : {}</span></span>', fact, example)


class KnowsStep(StepForm):
    asked = ("child_informed", "parents_informed", "author_name", "author_contact")

    child_informed = forms.ChoiceField(
        label="Le jeune sait-il que vous transmettez ?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    parents_informed = forms.ChoiceField(
        label="Les parents sont-ils informés ?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
        help_text=(
            "C'est la règle, sauf si c'est contraire à l'intérêt de l'enfant (art. L226-2-1 CASF)."
        ),
    )
    parents_reason = forms.CharField(
        label="Si non, pourquoi ?", max_length=2_000, required=False, widget=lines(3)
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
    author_kind = forms.ChoiceField(label="Vous écrivez pour", choices=AuthorKind.choices)
    author_name = forms.CharField(label="Votre nom", max_length=200, required=False)
    author_function = forms.CharField(label="Votre fonction", max_length=200, required=False)
    author_contact = forms.CharField(
        label="Où vous joindre", max_length=500, required=False, help_text="Téléphone ou adresse."
    )


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
        label="Pourquoi demandez-vous le retrait ?",
        max_length=2_000,
        widget=lines(4),
        error_messages={"required": "Dites pourquoi : la cellule lit votre motif et décide."},
    )
