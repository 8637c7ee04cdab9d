"""The grid as boxes to tick, one group for each domain."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fanal.detect.screening.grid import Domain, Grid, load


class ObservedField(forms.MultipleChoiceField):
    """Facts of one domain. None ticked is an answer, so no group is marked as optional."""

    default_error_messages = {
        "invalid_choice": "Ce repère n'est pas dans la grille : cochez l'une des cases.",
        "invalid_list": "Ce repère n'est pas dans la grille : cochez l'une des cases.",
    }
    widget = forms.CheckboxSelectMultiple

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


class GridForm(forms.Form):
    def __init__(self, *args: Any, grid: Grid | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grid = grid or load()
        for domain in self.grid.domains:
            self.fields[domain.code] = ObservedField(
                label=domain.title, choices=list(_choices(domain, self.grid))
            )

    @property
    def observed(self) -> list[str]:
        return [code for domain in self.grid.domains for code in self.cleaned_data[domain.code]]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.observed:
            raise forms.ValidationError("Cochez au moins un fait, dans n'importe quel domaine.")
        return self.cleaned_data


def _choices(domain: Domain, grid: Grid) -> Iterator[tuple[str, str | SafeString]]:
    for item in domain.items:
        yield (
            item.code,
            format_html(
                '<span>{}<br><span class="quiet">Exemple : {}</span></span>',
                item.fact,
                item.example,
            ),
        )
    yield domain.code, grid.domain_alone
