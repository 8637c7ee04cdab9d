"""What invented posts say, all of it neutral: one saying a line, its other wordings after bars."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "clustering_said"


def _lines(name: str) -> tuple[str, ...]:
    return tuple((FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def _worded(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("|")) for line in _lines(name))


TOWNS, NAMES, THINGS, LESSONS, LOOKS = map(_lines, ("towns", "names", "things", "lessons", "looks"))
OPENINGS, THOUGHTS = map(_worded, ("openings", "thoughts"))
# Everybody writes so: these say nothing of who writes.
SKELETONS, ENDINGS = map(_lines, ("skeletons", "endings"))
# Words of no thought above: those who write their own sentences draw from these.
SUBJECTS, VERBS, OBJECTS, MANNERS = map(_lines, ("subjects", "verbs", "objects", "manners"))
FOREIGN = _lines("foreign")
# What a thing is like, after its title; who sells, and how; words that may stand for one another.
TRAITS = {trait: values for trait, *values in _worded("traits")}
SELLERS, MANNERED = _worded("people")
HEADINGS, SYNONYMS = _lines("headings"), _worded("synonyms")
# What several writers copy whole, sentence by sentence; parts of sentences in other languages.
TERMS = _worded("terms")
ABROAD = tuple(_worded(name) for name in ("abroad", "abroad_es"))
