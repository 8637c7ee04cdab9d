"""The helpline's words that a record ticks, and how each contact is said in those of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fanal.helpline.contacts.definition import FormWritten
from fanal.helpline.contacts.terms import Kind
from fanal.helpline.nomenclature.queries import to_chi, words
from fanal.helpline.nomenclature.terms import Scheme, UnknownWord

# The word of the funnel that each kind is.
FUNNEL = {
    Kind.ENTERED: "funnel.incoming",
    Kind.SORTED: "funnel.pretreated",
    Kind.ABANDONED: "funnel.abandoned",
    Kind.DISSUADED: "funnel.dissuaded",
    Kind.CONCERN: "funnel.concern",
    Kind.HELP: "funnel.help",
}

Choices = list[tuple[str, list[tuple[str, str]]]]


def version_now() -> str:
    return words(Scheme.SNATED).version


def choices_of(group: str) -> Choices:
    """The words of a group, under the label of their family."""
    return [
        (family.label, [(word.code, word.label) for word in family.words])
        for family in words(Scheme.SNATED).of_group(group)
    ]


def ticked(content: Mapping[str, Any], form: FormWritten) -> list[str]:
    """Every word that a record ticks, once, in the order of the form."""
    known = set(words(Scheme.SNATED).codes)
    found: dict[str, None] = {}
    for _, field in form.fields():
        if field.kind == "words":
            chosen = content.get(field.key) or []
            found |= dict.fromkeys(code for code in chosen if code in known)
    return list(found)


def said(code: str) -> str:
    """A word as it is shown; a code that the list has no more, as it is."""
    try:
        return words(Scheme.SNATED).label(code)
    except UnknownWord:
        return code


def of_group(codes: Iterable[str], group: str) -> list[str]:
    """Those of the codes that are words of a group."""
    known = {word.code for family in words(Scheme.SNATED).of_group(group) for word in family.words}
    return [code for code in codes if code in known]


def in_chi(codes: Iterable[str]) -> list[tuple[str, str]]:
    """The same contact in the words of Child Helpline International: code and label."""
    listed = words(Scheme.CHI)
    return [(one.code, listed.label(one.code)) for one in to_chi(list(codes))]
