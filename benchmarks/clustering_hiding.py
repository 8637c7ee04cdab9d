"""Ways in which posts write a number, a name, an address or a link so that no search finds it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Hiding = Callable[[str, random.Random], str]

UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip
TENS = ("vingt", "trente", "quarante", "cinquante", "soixante")
HIGH = {
    "FR": ("soixante-dix", "quatre-vingts", "quatre-vingt-dix"),
    "BE": ("septante", "quatre-vingts", "nonante"),
    "CH": ("septante", "huitante", "nonante"),
}
# The first of ten digits that follow one another.
ALPHABETS = {
    "arabic": 0x660, "persian": 0x6F0, "devanagari": 0x966, "bengali": 0x9E6, "thai": 0xE50,
    "full width": 0xFF10, "bold": 0x1D7CE, "double struck": 0x1D7D8, "monospace": 0x1D7F6,
}  # fmt: skip
CIRCLED, BRACKETED = "⓪①②③④⑤⑥⑦⑧⑨", "0⑴⑵⑶⑷⑸⑹⑺⑻⑼"
RAISED, LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
ALIKE = {"0": "Oo", "1": "lI", "2": "Z2", "5": "S5", "8": "B8"}
SIGNS = (
    "·", "•", "_", "=", "~", "*", "#", "/", "\\", "|", "^", "…", " - ", " . ", "♦", "🔸", "\u200b",
)  # fmt: skip
JUNK = (
    "puis", "et", "ensuite", "et après", "virgule", "tiret", "hop", "et enfin", "euh", "(suite)",
)  # fmt: skip
THINGS = ("table", "chaise", "lampe", "bureau", "miroir", "tapis", "commode", "banc")


def pairs(digits: str) -> list[str]:
    return [digits[at : at + 2] for at in range(0, len(digits), 2)]


def said(number: str, where: str = "FR") -> str:
    """Two digits as they are said."""
    value = int(number)
    if number[0] == "0":
        return f"zéro {UNITS[value]}"
    if value < 20:
        return UNITS[value] if value < 17 else f"dix-{UNITS[value - 10]}"
    tens, rest = [*TENS, *HIGH[where]][value // 10 - 2], value % 10
    if not rest:
        return tens
    if tens.endswith("-dix"):
        joint = " et " if value == 71 else "-"
        return f"{tens.removesuffix('-dix')}{joint}{said(str(rest + 10))}"
    joint = " et " if rest == 1 and not tens.startswith("quatre") else "-"
    return f"{tens.removesuffix('s')}{joint}{UNITS[rest]}"


def _words(where: str, between: str = " ") -> Hiding:
    return lambda digits, _: between.join(said(pair, where) for pair in pairs(digits))


def _said_anyhow(between: str) -> Hiding:
    return lambda digits, drawing: _words(drawing.choice(tuple(HIGH)), between)(digits, drawing)


def _alphabet(first: int) -> Hiding:
    def hide(digits: str, drawing: random.Random) -> str:
        between = drawing.choice(("", " "))
        return between.join(
            "".join(chr(first + int(one)) for one in pair) for pair in pairs(digits)
        )

    return hide


def _signs(alphabet: str) -> Hiding:
    return lambda digits, drawing: drawing.choice(("", " ")).join(alphabet[int(o)] for o in digits)


def _between(signs: tuple[str, ...], each: int) -> Hiding:
    def hide(digits: str, drawing: random.Random) -> str:
        sign = drawing.choice(signs)
        return sign.join(digits[at : at + each] for at in range(0, 10, each))

    return hide


def _mixed(digits: str, drawing: random.Random) -> str:
    where = drawing.choice(tuple(HIGH))
    return " ".join(
        drawing.choice((pair, said(pair, where), " ".join(pair))) for pair in pairs(digits)
    )


def _alike(digits: str, drawing: random.Random) -> str:
    written = "".join(drawing.choice(ALIKE.get(one, one)) for one in digits)
    return drawing.choice((" ", ".")).join(pairs(f"O{written[1:]}"))


def _junk(digits: str, drawing: random.Random) -> str:
    return "".join(f"{pair} {drawing.choice(JUNK)} " for pair in pairs(digits)).rsplit(" ", 2)[0]


def _priced(digits: str, drawing: random.Random) -> str:
    things = drawing.sample(THINGS, 5)
    return ", ".join(f"{thing} {pair}€" for thing, pair in zip(things, pairs(digits), strict=True))


def _listed(digits: str, drawing: random.Random) -> str:
    sign = drawing.choice(("- ", "* ", "", "→ ", "> "))
    return "\n" + "\n".join(f"{sign}{pair}" for pair in pairs(digits))


def _abroad(digits: str, drawing: random.Random) -> str:
    begun = drawing.choice(("+33 ", "0033", "+33 (0)", "00 33 ", "(+33)", "plus trente-trois "))
    rest = digits[1:]
    return begun + drawing.choice((rest, f"{rest[0]} {' '.join(pairs(rest[1:]))}"))


def _keycaps(digits: str, drawing: random.Random) -> str:
    return drawing.choice(("", " ")).join(f"{one}\ufe0f\u20e3" for one in digits)


def _one_by_one(digits: str, drawing: random.Random) -> str:
    return drawing.choice((" ", ", ", "-", " ; ")).join(UNITS[int(one)] for one in digits)


def _glued(digits: str, drawing: random.Random) -> str:
    first, *others = pairs(digits)
    return first + "".join(
        drawing.choice((pair, re.sub(r"[ -]", "", said(pair)))) for pair in others
    )


def _spaced(digits: str, drawing: random.Random) -> str:
    sign = drawing.choice(" .-")
    begun = f"{sign.join('zéro')}  {sign.join(UNITS[int(digits[1])])} "
    return begun + " ".join(pairs(digits[2:]))


def _threes(digits: str, drawing: random.Random) -> str:
    sign = drawing.choice((" ", ".", "-"))
    return sign.join((digits[:4], digits[4:7], digits[7:]))


PHONES: dict[str, Hiding] = {
    "plain": lambda digits, _: digits,
    "separated": _between((" ", ".", "-", "/"), 2),
    "French words": _words("FR"),
    "Belgian words": _words("BE"),
    "Swiss words": _words("CH"),
    "words on lines": _said_anyhow("\n"),
    "words in one": lambda digits, _: re.sub(r"[ -]", "", _words("FR")(digits, _)),
    "shouted words": lambda digits, drawing: _said_anyhow(" ")(digits, drawing).upper(),
    "one by one": _one_by_one,
    "mixed": _mixed,
    "on lines": _listed,
    "one a line": lambda digits, _: "\n".join(digits),
    "signs": _between(SIGNS, 2),
    "a sign each": _between(SIGNS, 1),
    "in threes": _threes,
    "look-alikes": _alike,
    "junk": _junk,
    "glued": _glued,
    "letters apart": _spaced,
    "prices": _priced,
    "abroad": _abroad,
    "keycaps": _keycaps,
    "circled": _signs(CIRCLED),
    "bracketed": _signs(BRACKETED),
    "raised": _signs(RAISED),
    "lowered": _signs(LOWERED),
} | {name: _alphabet(first) for name, first in ALPHABETS.items()}  # fmt: skip

HANDLES = (
    "snap : {}", "Snap👉{}", "insta @{}", "insta = {}", "IG→{}", "ig {}", "t.me/{}", "TikTok: {}",
    "https://www.instagram.com/{}/", "👻 {}", "mon snap c'est {}", "sur Telegram @{}", "@{}",
)  # fmt: skip
MAILS = ("{}", "écrire à {}", "mail : {}")
LINKS = ("https://{}", "www.{}", "voir {}")


def hide(kind: str, value: str, drawing: random.Random, style: str = "") -> str:
    """A contact as a post writes it."""
    if kind == "phone":
        return PHONES[style or drawing.choice(tuple(PHONES))](value, drawing)
    written = {"handle": HANDLES, "mail": MAILS, "link": LINKS}[kind]
    return drawing.choice(written).format(value)
