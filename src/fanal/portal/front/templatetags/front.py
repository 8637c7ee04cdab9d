from __future__ import annotations

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from fanal.portal.front.guide import Answer, Question
from fanal.portal.front.legal import examined

register = template.Library()
# « 119 », « 116 000 », « 15:00 », « 4/1 ».
NUMBER = re.compile(r"([0-9](?:[0-9\u00a0 :/]*[0-9])?)")


@register.simple_tag
def answer_id(question: Question, answer: Answer | None = None) -> str:
    return f"{question.key}_{answer.name if answer else 'none'}"


@register.simple_tag
def is_given(given: dict[str, str] | str, question: Question, answer: Answer) -> bool:
    """Whether this is what was answered; before any answer ``given`` is nothing."""
    return isinstance(given, dict) and given.get(question.key) == answer.name


@register.simple_tag
def accessibility_level() -> str:
    """Each page says it, as the law asks (décret n° 2019-768, art. 4)."""
    return examined().level


@register.filter
def numbers(text: str, direction: str) -> SafeString:
    """
    Keep each number from left to right inside words that go the other way.

    >>> numbers("اتصل 116 000", "rtl")
    'اتصل <bdi dir="ltr">116 000</bdi>'
    >>> numbers("Appeler le 116 000", "ltr")
    'Appeler le 116 000'
    """
    if direction == "ltr":
        return conditional_escape(text)
    # One part in two is a number.
    parts = enumerate(NUMBER.split(text))
    return format_html_join(
        "", "{}", ((_number(part) if rank % 2 else part,) for rank, part in parts)
    )


def _number(digits: str) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>', digits)
