"""The estimate against the threshold under which a pair of lists enters the model."""

from __future__ import annotations

from collections.abc import Sequence

from fanal.engines.population.analyses.path import Stair
from fanal.engines.population.loglinear.choosing import ENTERS_UNDER
from fanal.engines.population.reporting import svg
from fanal.engines.population.reporting.markup import Table, figure
from fanal.engines.population.reporting.scales import Scale, of_answers
from fanal.engines.population.reporting.voice import Voice, decimal

HEIGHT, TOP = 240.0, 24.0
LEFTMOST = 1e-6
TICKS = (1e-6, 1e-4, 1e-3, 0.01, 0.1)
ROOM = 15.0


def stairs(found: Sequence[Stair], seen: float, voice: Voice) -> str:
    people = of_answers([one.answer for one in found], seen)
    upright = Scale(people.low, people.high, people.log, start=TOP + HEIGHT, end=TOP)
    across = Scale(LEFTMOST, max(found[-1].upto, LEFTMOST * 10), log=True)
    parts = [svg.box(0, TOP, 100, HEIGHT, "ground")]
    for tick in upright.ticks(4):
        parts.append(svg.line(0, upright.at(tick), 100, upright.at(tick), "grid"))
        if tick:
            parts.append(svg.text(0.6, upright.at(tick) - 4, voice.people(tick), "tick"))
    for tick in TICKS:
        words = "0" if tick == LEFTMOST else decimal(tick, 1)
        x = across.at(tick)
        parts.append(svg.text(x, TOP + HEIGHT + 18, words, "tick", across.anchor(tick)))
    for stair in found:
        parts += _stair(stair, across, upright, voice)
    usual = across.at(ENTERS_UNDER)
    parts.append(svg.line(usual, TOP, usual, TOP + HEIGHT, "mark"))
    parts.append(svg.text(usual, TOP - 7, "seuil usuel 0,02", "mark-words", "end"))
    drawing = svg.drawing(
        "seuil",
        "Estimation selon le seuil d'entrée d'une paire de listes",
        "De gauche à droite, un seuil de moins en moins sévère, de 0 à 0,1 ; en hauteur, "
        "l'estimation et la bande de son intervalle. Les chiffres sont dans le tableau.",
        TOP + HEIGHT + 26,
        parts,
    )
    return figure(
        drawing,
        _numbers(found, voice),
        "Trait : l'estimation ; bande : son intervalle à 95 %. Le seuil va de 0 à 0,1, en échelle "
        "logarithmique à partir d'un millionième.",
    )


def _stair(stair: Stair, across: Scale, upright: Scale, voice: Voice) -> list[str]:
    answer = stair.answer
    left, right = across.at(stair.above or LEFTMOST), across.at(stair.upto)
    if answer.estimate is None or answer.lower is None or right <= left:
        return []
    top = upright.at(answer.upper if answer.upper is not None else upright.high)
    low, y = upright.at(answer.lower), upright.at(answer.estimate)
    parts = [
        svg.box(left, top, right - left, low - top, "interval"),
        svg.line(left, y, right, y, "estimate"),
    ]
    if right - left > ROOM:
        middle, limits = (left + right) / 2, voice.between(answer.lower, answer.upper)
        words = voice.people(answer.estimate)
        parts.append(svg.text(middle, y - 23, words, "value wide", "middle"))
        parts.append(svg.text(middle, y - 8, limits, "tick wide", "middle"))
    return parts


def _numbers(found: Sequence[Stair], voice: Voice) -> Table:
    rows = []
    before: tuple[tuple[str, str], ...] = ()
    for stair in found:
        entered = [pair for pair in stair.pairs if pair not in before]
        before = stair.pairs
        pairs = ", ".join(f"{one} et {other}" for one, other in entered) or "aucune paire"
        words = f"{voice.threshold(stair.above)} à {voice.threshold(stair.upto)}"
        rows.append((words, pairs, voice.answer(stair.answer)))
    return Table(
        "Estimation selon le seuil d'entrée",
        ("Seuil", "Paires qui entrent", "Estimation (intervalle à 95 %)"),
        rows,
        frozenset({2}),
    )
