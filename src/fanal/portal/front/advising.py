"""From answers to doors: the ones that were asked for, then those that are open to everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fanal.portal.front.guide import Answer, Who

# As many as one can look at when one is tired.
MOST = 3
FOR_ALL = ("call", "chat", "letter", "place")


@dataclass(frozen=True, slots=True)
class Advice:
    in_danger: bool
    doors: tuple[str, ...]
    say: tuple[str, ...]
    need: str


def advise(who: Who, given: Mapping[str, str], *, served: Collection[str]) -> Advice:
    """
    Read the answers in their order; none, or one that is unknown, says nothing.

    Args:
        given: the name of an answer by the key of its question.
        served: doors that lead to somebody in this installation.

    >>> from fanal.portal.front.guide import read_guide
    >>> young = read_guide("courant").people["moi"]
    >>> advise(young, {"how": "write"}, served={"call", "chat", "letter", "place"}).doors
    ('chat', 'call', 'letter')
    """
    chosen = [
        answer
        for question in who.questions
        for answer in question.answers
        if given.get(question.key) == answer.name
    ]
    return Advice(
        in_danger=any(one.danger for one in chosen),
        doors=_doors(chosen, given, served),
        say=tuple(one.say for one in chosen if one.say),
        need=next((one.need for one in chosen if one.need), ""),
    )


def _doors(
    chosen: Iterable[Answer], given: Mapping[str, str], served: Collection[str]
) -> tuple[str, ...]:
    # How one wants to speak comes first, but after who is to be called in danger.
    wishes = [one for one in chosen if one.door]
    first = [one.door for one in wishes if one.danger]
    wished = [one.door for one in wishes if one.name == given.get("how")]
    rest = [one.door for one in wishes]
    ordered = dict.fromkeys([*first, *wished, *rest, *FOR_ALL])
    return tuple(name for name in ordered if name in served)[:MOST]
