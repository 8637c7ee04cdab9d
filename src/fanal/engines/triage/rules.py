"""
Rules as data: topics that were ticked, words that were written, and the class that they call for.

A rule only raises. Reading a text finds words, not what was meant: « je ne suis pas en danger »
calls as loudly as its contrary, and a listener puts it right.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

from fanal.engines.triage.refusals import Code, UnreadableRules

OURS = Path(__file__).parent / "rules.toml"
LONGEST_TEXT = 20_000
LONGEST_WAIT = 24 * 60
KEYS = {"name", "class", "topics", "words", "reason"}
PHRASE = re.compile(r"[a-z0-9]+( [a-z0-9]+)*\*?")


class Level(IntEnum):
    """Classes in the order in which they are answered; no more than an order."""

    DANGER = 0
    URGENT = 1
    SOON = 2
    USUAL = 3


NAMES = {"danger": Level.DANGER, "urgent": Level.URGENT, "soon": Level.SOON, "usual": Level.USUAL}
SAID = {
    Level.DANGER: "en danger maintenant",
    Level.URGENT: "urgent",
    Level.SOON: "à répondre vite",
    Level.USUAL: "à son tour",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """``topics``: one of them was ticked; ``words``: one of them was written. Either is enough."""

    name: str
    level: Level
    reason: str
    topics: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def holds(self, topics: frozenset[str], folded: str) -> bool:
        return bool(self.topics & topics) or (
            bool(self.words) and _pattern(self.words).search(folded) is not None
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """
    ``rises_after``: minutes after which somebody who waits goes up a class. ``longest``: minutes
    after which one goes by the hour of arrival alone. ``version``: digest of the file, so that a
    decision is made again with the rules that made it.
    """

    rules: tuple[Rule, ...]
    rises_after: int
    longest: int
    version: str


def read_rules(path: Path = OURS) -> Rules:
    """
    Raises:
        UnreadableRules: in French, with the rule.
    """
    try:
        content = path.read_bytes()
        document = tomllib.loads(content.decode())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableRules(
            Code.UNREADABLE, f"{path.name} ne se lit pas comme du TOML : {error}."
        ) from None
    if strange := set(document) - {"rises_after", "longest", "rule"}:
        raise UnreadableRules(Code.UNKNOWN_KEY, f"{', '.join(sorted(strange))} : clé inconnue.")
    rises, longest = (_minutes(document, key) for key in ("rises_after", "longest"))
    if longest < rises:
        raise UnreadableRules(
            Code.BAD_WAIT, "« longest » est au moins aussi long que « rises_after »."
        )
    tables = document.get("rule", [])
    if not isinstance(tables, list):
        raise UnreadableRules(Code.UNREADABLE, "Chaque règle s'écrit sous [[rule]].")
    rules = tuple(_rule(table) for table in tables)
    names = [rule.name for rule in rules]
    if twice := {name for name in names if names.count(name) > 1}:
        raise UnreadableRules(Code.TWICE, f"{', '.join(sorted(twice))} : deux règles de ce nom.")
    return Rules(rules, rises, longest, hashlib.sha256(content).hexdigest()[:12])


def folded(text: str) -> str:
    """Small letters without accents or signs, words apart by one space, one at each end."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].casefold().replace("œ", "oe"))
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    return f" {' '.join(re.findall(r'[a-z0-9]+', plain))} "


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """« frapp* » is the beginning of a word, « j ai peur » three words in a row."""
    said = (
        re.escape(word.removesuffix("*")) + ("[a-z0-9]*" if word.endswith("*") else "")
        for word in words
    )
    return re.compile(f" (?:{'|'.join(said)}) ")


def _minutes(document: dict[str, Any], key: str) -> int:
    found = document.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found <= LONGEST_WAIT:
        raise UnreadableRules(
            Code.BAD_WAIT, f"« {key} » est un nombre de minutes, de 1 à {LONGEST_WAIT}."
        )
    return found


def _rule(table: Any) -> Rule:
    name = str(table.get("name", "")) if isinstance(table, dict) else ""
    if not re.fullmatch(r"[a-z][a-z_]*", name):
        raise UnreadableRules(
            Code.NO_NAME, "Une règle n'a pas de nom : des lettres minuscules et des tirets bas."
        )
    if strange := set(table) - KEYS:
        raise UnreadableRules(
            Code.UNKNOWN_KEY, f"Règle {name} : {', '.join(sorted(strange))}, clé inconnue."
        )
    reason = table.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise UnreadableRules(Code.NO_REASON, f"Règle {name} : écrivez sa raison, en une phrase.")
    level = NAMES.get(str(table.get("class")))
    if level is None or level is Level.USUAL:
        raise UnreadableRules(
            Code.UNKNOWN_CLASS, f"Règle {name} : la classe est danger, urgent ou soon."
        )
    topics, words = (_texts(name, table, key) for key in ("topics", "words"))
    if not (topics or words):
        raise UnreadableRules(
            Code.NOTHING_TO_LOOK_FOR, f"Règle {name} : donnez des sujets ou des mots."
        )
    return Rule(name, level, reason.strip(), frozenset(topics), tuple(map(_phrase, words)))


def _texts(name: str, table: dict[str, Any], key: str) -> list[str]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise UnreadableRules(Code.BAD_WORDS, f"Règle {name} : « {key} » est une liste de textes.")
    if key == "words":
        for one in found:
            if "*" in one.rstrip()[:-1] or not PHRASE.fullmatch(_phrase(one)):
                raise UnreadableRules(
                    Code.BAD_WORDS,
                    f"Règle {name}, « {one} » : des mots entiers, ou le début d'un mot avec « * ».",
                )
    return found


def _phrase(text: str) -> str:
    star = "*" if text.rstrip().endswith("*") else ""
    return folded(text).strip() + star
