from __future__ import annotations

import re
from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.shell.forms import DayField
from fanal.ground.shell.gallery import SampleForm

CHOICES = [("a", "Un"), ("b", "Deux")]
WIDGETS: dict[str, forms.Field] = {
    "text": forms.CharField(),
    "email": forms.EmailField(),
    "url": forms.URLField(assume_scheme="https"),
    "password": forms.CharField(widget=forms.PasswordInput),
    "number": forms.IntegerField(),
    "date": forms.DateField(),
    "day": DayField(),
    "native date": forms.DateField(widget=forms.DateInput(attrs={"type": "date"})),
    "moment": forms.DateTimeField(),
    "time": forms.TimeField(),
    "long text": forms.CharField(widget=forms.Textarea, max_length=500),
    "yes": forms.BooleanField(),
    "unknown": forms.NullBooleanField(),
    "choice": forms.ChoiceField(choices=CHOICES),
    "choices": forms.MultipleChoiceField(choices=CHOICES),
    "radio": forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect),
    "boxes": forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple),
    "file": forms.FileField(),
    "two": forms.SplitDateTimeField(),
    "three": forms.DateField(widget=forms.SelectDateWidget),
}


def form_of(field: forms.Field, *, help_text: str = "Un conseil.", data: dict | None = None):
    field.label, field.help_text = "Ma question", help_text
    return type("TrialForm", (forms.Form,), {"answer": field})(data)


@pytest.mark.parametrize("kind", WIDGETS)
def test_what_describes_a_field_is_in_the_page(kind):
    html = str(form_of(WIDGETS[kind], data={}))

    named = re.findall(r'aria-describedby="([^"]*)"', html)
    assert named
    for name in " ".join(named).split():
        assert f'id="{name}"' in html


@pytest.mark.parametrize("kind", WIDGETS)
def test_the_error_summary_leads_to_a_control(kind):
    form = form_of(WIDGETS[kind], data={})
    html = str(form)

    if kind == "unknown":  # whatever is posted is an answer
        assert form.is_valid()
        return
    assert "1 réponse à revoir" in html
    target = re.search(r'<li><a href="#([^"]+)">Ma question</a>', html)[1]
    assert re.search(rf'<(?:input|select|textarea)[^>]* id="{target}"', html)


@pytest.mark.parametrize("kind", WIDGETS)
def test_a_control_has_a_label_or_stands_in_a_group_that_has_one(kind):
    html = str(form_of(WIDGETS[kind]))
    labels = set(re.findall(r'<label for="([^"]+)"', html))
    controls = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html))

    assert controls <= labels or "<legend>Ma question" in html
    assert "Ma question" in html


def test_no_error_is_shown_before_something_is_sent():
    assert "à revoir" not in str(SampleForm())


def test_what_is_optional_is_marked_and_the_rest_said_to_be_required():
    html = str(SampleForm())

    assert "Toutes les réponses sont obligatoires, sauf mention «\u00a0facultatif\u00a0»." in html
    assert html.count('<span class="optional">facultatif</span>') == 2


def test_a_form_whose_answers_are_all_required_says_nothing_more():
    assert "facultatif" not in str(form_of(forms.CharField()))


def test_an_error_of_the_whole_form_has_no_link():
    form = form_of(forms.CharField(), data={"answer": "x"})
    form.add_error(None, "Déjà enregistré.")

    html = str(form)

    assert "À revoir avant de continuer" in html
    assert "<li>Déjà enregistré.</li>" in html


def test_what_was_typed_comes_back_escaped():
    html = str(form_of(forms.CharField(), data={"answer": "<b onclick='x'>"}))

    assert "<b onclick" not in html


def test_a_long_text_says_how_much_it_may_hold():
    assert "500 caractères au plus" in str(form_of(WIDGETS["long text"]))


def test_a_typed_day_shows_how_to_write_it_and_a_native_one_does_not():
    assert "jj/mm/aaaa" in str(form_of(DayField(), help_text=""))
    assert "jj/mm/aaaa" not in str(form_of(WIDGETS["native date"], help_text=""))


@pytest.mark.parametrize("typed", ["26/11/2009", "26-11-2009", "26.11.2009", "26/11/09"])
def test_a_day_may_be_typed_in_several_ways(typed):
    assert DayField().clean(typed) == date(2009, 11, 26)


@pytest.mark.parametrize("typed", ["hier", "31/02/2009", "11/26/2009", "2009"])
def test_a_day_that_is_none_is_refused_with_an_example(typed):
    with pytest.raises(forms.ValidationError, match="jj/mm/aaaa"):
        DayField().clean(typed)


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2068, 12, 31)))
def test_a_day_that_is_shown_again_is_the_day_that_was_typed(day):
    shown = DayField().widget.format_value(day)

    assert DayField().clean(shown) == day
