from __future__ import annotations

from django import template

from fanal.portal.front.guide import Answer, Question

register = template.Library()


@register.simple_tag
def answer_id(question: Question, answer: Answer | None = None) -> str:
    return f"{question.key}_{answer.name if answer else 'none'}"


@register.simple_tag
def is_given(given: dict[str, str] | str, question: Question, answer: Answer) -> bool:
    """Whether this is what was answered; before any answer ``given`` is nothing."""
    return isinstance(given, dict) and given.get(question.key) == answer.name
