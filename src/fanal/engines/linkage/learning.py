"""
What each agreement is worth, learnt without labels by Splink.

Fellegi and Sunter, A theory for record linkage (1969), by expectation-maximisation. How two records
agree is computed once, here, and Splink is handed the levels of each pair: the same comparison
serves the learning, the sharing out and the search of one person. What strangers share is counted
from the whole file, never guessed; what the same person shares is learnt, from pairs that share one
key, for the fields that are not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.linkage.blocking import Pairs
from fanal.engines.linkage.encoding import FAMILY, GIVEN, LEVELS, TRUTH, Encoded, Floats
from fanal.engines.linkage.homes import Homes, homes_of
from fanal.engines.linkage.homonyms import homonyms_of
from fanal.engines.linkage.profiles.reading import DATE, DAY, NAME, NAMES, YEAR, Kind, Profile
from fanal.engines.linkage.words import WordLevel

Levels = npt.NDArray[np.int8]
# What Splink reads of each pair, by column.
Sides = Mapping[str, npt.NDArray[Any]]
# A session learns on about as many pairs at most, and on no fewer than this.
MOST, LEAST = 400_000, 50
# Of expectation and maximisation, at most; and where a level vanishes before their end.
TURNS = (25, 8, 2)
# Two machines add up in two orders: what is learnt is told to as many digits as they agree on.
DIGITS = 6
# What is known before anything is learnt: the same person mostly agrees, nearer levels first.
BEFORE = 0.72
SLIGHT = 1e-4
"""A level never seen in the learning is rare, not impossible."""
# Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014).
MIXING = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class Agreement:
    """``same``: how often one person's records are at each level of each field; rows sum to 1."""

    same: Floats
    strangers: Floats
    sessions: int
    homes: Homes = field(default_factory=Homes)


def learn(
    encoded: Encoded,
    told: Sequence[tuple[tuple[str, ...], Levels]],
    tables: Callable[[Sides], Sequence[Any]],
) -> Agreement:
    """
    Args:
        told: for each key to learn on, the levels of the pairs that share it.
        tables: hands Splink the two sides of these pairs.

    Returns:
        Shape (fields, LEVELS): given, family, date and texts, codes.
    """
    strangers = between_strangers(encoded)
    fields = columns(encoded.profile)
    sums, weights = np.zeros_like(strangers), np.zeros(len(fields))
    # A column that is always empty, or always the same, teaches nothing.
    telling = (strangers > 0).sum(axis=1) > 1
    sessions = 0
    for key, levels in told:
        held = _held(encoded, key)
        shown = [place for place in np.flatnonzero(telling).tolist() if fields[place] not in held]
        if len(levels) < LEAST or len(shown) < 2:  # noqa: PLR2004
            continue
        learnt, matches = _session(levels, strangers, shown, tables)
        sums[shown] += matches * learnt
        weights[shown] += matches
        sessions += 1
    same = _at_first(strangers)
    known = weights > 0
    same[known] = sums[known] / weights[known, None]
    same = _rounded(never_oftener_renamed(_never_none(same, strangers)))
    homes = replace(
        homes_of(encoded, told, same, strangers),
        homonyms=homonyms_of(encoded, told, same, strangers),
    )
    return Agreement(same, strangers, sessions, homes)


def never_oftener_renamed(same: Floats) -> Floats:
    """
    A person changes given name no oftener than family name; what is seen beyond that is a sister.

    Otherwise sisters taken for one person teach that given names change, which joins more of them.
    """
    told = same.copy()
    renamed = told[GIVEN, WordLevel.OTHER]
    most = min(renamed, told[FAMILY, WordLevel.OTHER])
    if renamed < 1.0:
        told[GIVEN] *= (1.0 - most) / (1.0 - renamed)
        told[GIVEN, WordLevel.OTHER] = most
    return told


def taught_on(pairs: Pairs, all_of_them: int) -> npt.NDArray[np.bool_]:
    """
    Which of these pairs a session learns on: all of a few, about ``MOST`` of many.

    The two records of a pair alone decide, so that it does not matter who asks, nor in what order.
    """
    if all_of_them <= MOST:
        return np.ones(len(pairs), dtype=np.bool_)
    told = pairs[:, 0].astype(np.uint64) << np.uint64(32) | pairs[:, 1].astype(np.uint64)
    for shift, factor in MIXING:
        told = (told ^ told >> np.uint64(shift)) * np.uint64(factor)
    taught: npt.NDArray[np.bool_] = told < np.uint64(MOST * 2**64 // all_of_them)
    return taught


def _rounded(table: Floats) -> Floats:
    return np.array([[float(f"{cell:.{DIGITS}g}") for cell in row] for row in table])


def columns(profile: Profile) -> list[str]:
    """The columns in the order of levels: given, family, date and texts, codes."""
    kinds = ((Kind.GIVEN,), (Kind.FAMILY,), (Kind.DATE, Kind.TEXT), (Kind.CODE,))
    return [profile.columns[place] for kind in kinds for place in profile.of(*kind)]


def between_strangers(encoded: Encoded) -> Floats:
    """How often two records taken at random are at each level of each field."""
    shares = encoded.values.shares
    rows = [_on_average(shares[role, :, 0], shares[role]) for role in (GIVEN, FAMILY)]
    for column in encoded.truths.T:
        held = np.bincount(column[column >= 0], minlength=shares.shape[1])
        rows.append(_on_average(held / max(held.sum(), 1), shares[TRUTH]))
    for column in encoded.codes.T:
        alike = float((encoded.held[np.unique(column[column >= 0])] ** 2).sum())
        rows.append(np.array([alike, 1.0 - alike, *[0.0] * (LEVELS - 2)]))
    return np.array(rows)


def _on_average(held: Floats, shares: Floats) -> Floats:
    told: Floats = held @ shares / max(held.sum(), 1e-12)
    return told


def _held(encoded: Encoded, key: tuple[str, ...]) -> set[str]:
    """The columns that a key holds: two records that share it say nothing of them."""
    profile = encoded.profile
    names = {profile.columns[place] for place in profile.of(Kind.GIVEN, Kind.FAMILY)}
    date = {profile.columns[place] for place in profile.of(Kind.DATE)}
    of = {NAME: names, NAMES: names, DATE: date, DAY: date, YEAR: date}
    return set().union(*(of.get(part, {part}) for part in key))


def _at_first(strangers: Floats) -> Floats:
    possible = strangers > 0
    rank = np.cumsum(possible, axis=1)
    weight = np.where(possible, (1 - BEFORE) ** np.minimum(rank - 1, 3), 0.0)
    total = np.maximum(weight.sum(axis=1, keepdims=True), SLIGHT)
    first: Floats = weight / total
    return first


def _never_none(same: Floats, strangers: Floats) -> Floats:
    told = np.where(strangers > 0, np.maximum(same, SLIGHT), 0.0)
    rows: Floats = told / np.maximum(told.sum(axis=1, keepdims=True), SLIGHT)
    return rows


def _session(
    levels: Levels,
    strangers: Floats,
    shown: Sequence[int],
    tables: Callable[[Sides], Sequence[Any]],
) -> tuple[Floats, float]:
    """What Splink learns from these pairs of the fields shown, and how many it holds the same."""
    places = np.arange(len(levels))
    sides: dict[str, npt.NDArray[Any]] = {"unique_id": places, "pair": places}
    sides |= {f"field_{field}": levels[:, field] for field in shown}
    *before, least = TURNS
    for turns in before:
        # Splink goes no further than 1e-300, which is where a level that nobody shows ends up: a
        # file without a slip. A few turns have then said as much.
        with suppress(ValueError):
            return _taught(tables(sides), strangers, shown, turns), float(len(levels))
    return _taught(tables(sides), strangers, shown, least), float(len(levels))


def _taught(sides: Sequence[Any], strangers: Floats, shown: Sequence[int], turns: int) -> Floats:
    from splink import Linker

    settings = _settings(strangers, shown) | {"max_iterations": turns}
    linker = Linker(sides, settings, log_level="ERROR", validate_settings=False)
    # Splink weighs each way of agreeing once: no term has a frequency of its own here.
    linker.training.estimate_parameters_using_expectation_maximisation(
        "l.pair = r.pair", estimate_without_term_frequencies=True
    )
    return _learnt(linker, strangers, shown)


def _settings(strangers: Floats, shown: Sequence[int]) -> dict[str, Any]:
    first = _at_first(strangers)
    return {
        "link_type": "link_only",
        "probability_two_random_records_match": 0.2,
        "blocking_rules_to_generate_predictions": ["l.pair = r.pair"],
        "retain_matching_columns": False,
        "comparisons": [
            {
                "output_column_name": f"field_{field}",
                "comparison_levels": [
                    {
                        "sql_condition": f"field_{field}_r < 0 OR field_{field}_l < 0",
                        "label_for_charts": "missing",
                        "is_null_level": True,
                    },
                    *(
                        {
                            "sql_condition": f"field_{field}_r = {level}",
                            "label_for_charts": str(level),
                            "m_probability": float(first[field, level]),
                            "u_probability": float(strangers[field, level]),
                            "fix_u_probability": True,
                        }
                        for level in range(LEVELS)
                        if strangers[field, level] > 0
                    ),
                ],
            }
            for field in shown
        ],
    }


def _learnt(linker: Any, strangers: Floats, shown: Sequence[int]) -> Floats:
    told = linker.misc.save_model_to_json()
    learnt = np.zeros((len(shown), LEVELS))
    for row, comparison in enumerate(told["comparisons"]):
        possible = np.flatnonzero(strangers[shown[row]] > 0)
        for level, held in zip(possible, comparison["comparison_levels"][1:], strict=True):
            learnt[row, level] = held.get("m_probability") or 0.0
    return learnt
