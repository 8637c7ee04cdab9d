"""
The same sheet for what is read from right to left.

The design system says left and right, and has no other sheet: each is said the other way round.
What stands in a drawing of its own, the mark of the State, is left as it is.
"""

from __future__ import annotations

import re

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DECLARED = re.compile(r"(^|;)([a-z][a-z-]*):([^;]*)")
SIDES = re.compile(r"\b(left|right)\b")
# Values that may be a side.
SIDED = ("text-align", "float", "clear")
# Four values turn about the second and the fourth; of corners, two by two.
ABOUT = ("margin", "padding", "border-width", "border-color", "border-style", "inset")
FOUR = 4
WHOLE = re.compile(r"(\d*\.?\d+)%")
FROM_THE_END = re.compile(r"calc\(100% - ([^()]+)\)")
AS_IT_IS = ".fr-logo"


def mirrored(sheet: str) -> str:
    return RULE.sub(_rule, sheet)


def _rule(rule: re.Match[str]) -> str:
    if all(AS_IT_IS in one for one in rule[1].split(",")):
        return rule[0]
    return f"{rule[1]}{{{DECLARED.sub(_declared, rule[2])}}}"


def _declared(said: re.Match[str]) -> str:
    name, value = said[2], said[3]
    if name in SIDED:
        value = _other_side(value)
    elif name in ("background-position", "background-position-x"):
        value = ",".join(map(_position, _split(value, ",")))
    elif name in ABOUT or name == "border-radius":
        value = _turned(name, value)
    return f"{said[1]}{_other_side(name)}:{value}"


def _other_side(words: str) -> str:
    return SIDES.sub(lambda one: "right" if one[0] == "left" else "left", words)


def _turned(name: str, value: str) -> str:
    plain, important = value.removesuffix("!important"), value.endswith("!important")
    parts = _split(plain, " ")
    if len(parts) == FOUR:
        one, two, three, four = parts
        parts = [two, one, four, three] if name == "border-radius" else [one, four, three, two]
    return " ".join(parts) + ("!important" if important else "")


def _position(layer: str) -> str:
    """Across, then down; a word that is neither side stays."""
    across, *down = _split(layer.strip(), " ")
    return " ".join([_across(across), *down])


def _across(where: str) -> str:
    if whole := WHOLE.fullmatch(where):
        return f"{100 - float(whole[1]):g}%"
    if found := FROM_THE_END.fullmatch(where):
        return found[1]
    if where == "0":
        return "100%"
    if where[0] in "-.0123456789":
        return f"calc(100% - {where})"
    if where.startswith("calc("):
        return f"calc(100% - {where.removeprefix('calc')})"
    return _other_side(where)


def _split(value: str, by: str) -> list[str]:
    """At what stands between two values, and not within one."""
    parts, deep = [""], 0
    for letter in value:
        deep += (letter == "(") - (letter == ")")
        if letter == by and not deep:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part]
