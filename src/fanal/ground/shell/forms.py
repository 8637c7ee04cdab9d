"""How forms are drawn, and the day that one types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

DAY_FORMATS = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d")
DAY_HINT = "jj/mm/aaaa, par exemple 26/11/2009"


class FanalBoundField(BoundField):
    """A field that knows its hint, and where a link from the error summary must land."""

    @property
    def hint(self) -> str:
        if self.help_text or not isinstance(self.field, forms.DateField):
            return str(self.help_text)
        widget = self.field.widget
        typed = isinstance(widget, forms.DateInput) and widget.input_type == "text"
        return DAY_HINT if typed else ""

    @property
    def limit(self) -> int | None:
        """How many characters a long text may hold."""
        if not isinstance(self.field.widget, forms.Textarea):
            return None
        return getattr(self.field, "max_length", None)

    @property
    def limit_id(self) -> str:
        return f"{self.auto_id}_limit"

    @property
    def single_choice(self) -> bool:
        """A lone checkbox: its label follows the box."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_control(self) -> str:
        """The identifier of the first control: a group of choices has none of its own."""
        data = self.subwidgets[0].data if self.subwidgets else {}
        inner = data.get("subwidgets")
        attrs = inner[0]["attrs"] if inner else data.get("attrs", {})
        return str(attrs.get("id") or self.auto_id)

    @property
    def aria_describedby(self) -> str | None:
        if self.field.widget.attrs.get("aria-describedby"):
            return None
        if not self.auto_id or self.is_hidden:
            return ""
        parts = {
            f"{self.auto_id}_hint": self.hint,
            f"{self.auto_id}_error": self.errors,
            self.limit_id: self.limit,
        }
        return " ".join(name for name, said in parts.items() if said)


class FanalRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = FanalBoundField


class DayField(forms.DateField):
    """A day typed as one writes it in French."""

    default_error_messages = {
        "invalid": "Écrivez la date comme jj/mm/aaaa, par exemple 26/11/2009.",
        "required": "Écrivez la date.",
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", DAY_FORMATS)
        options.setdefault(
            "widget",
            forms.DateInput(
                format="%d/%m/%Y",
                attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": ""},
            ),
        )
        super().__init__(**options)
