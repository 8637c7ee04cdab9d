"""Tags that the form templates alone load."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms, template

from fanal.ground.shell.words import count_fr

register = template.Library()


@dataclass(frozen=True, slots=True)
class Fault:
    label: str
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Faults:
    title: str
    lines: list[Fault]


def _line(field: forms.BoundField, text: str) -> Fault:
    target = getattr(field, "first_control", field.auto_id)
    return Fault(label=str(field.label), text=text, target=str(target))


@register.simple_tag
def error_summary(form: forms.BaseForm) -> Faults:
    """What is wrong with a form, in the order of the page, each with the control to go to."""
    if not form.is_bound:
        return Faults("", [])
    lines = [Fault("", str(text), "") for text in form.non_field_errors()]
    for field in form.visible_fields():
        lines += [_line(field, str(text)) for text in field.errors]
    for field in form.hidden_fields():
        lines += [Fault("", str(text), "") for text in field.errors]
    placed = all(line.target for line in lines)
    title = (
        f"{count_fr(len(lines), 'réponse')} à revoir" if placed else "À revoir avant de continuer"
    )
    return Faults(title, lines)


@register.filter
def mixes_optional(form: forms.BaseForm) -> bool:
    """Whether the reader must be told what is required: some answers are, others not."""
    kinds = {field.field.required for field in form.visible_fields()}
    return kinds == {True, False}
