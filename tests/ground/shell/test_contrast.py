"""The colours of the theme, computed from its tokens."""

from __future__ import annotations

import re

import pytest

from fanal.ground.shell.theme import static_dirs

SHEETS = static_dirs("neutral")[0] / "neutral"
TOKENS = (SHEETS / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "sheet", "wash", "amber-wash", "danger-wash")

# Running text: AAA.
READ = [("ink", ground) for ground in GROUNDS]
READ += [("quiet", ground) for ground in ("paper", "sheet", "wash")]
READ += [("on-night", "night"), ("on-night", "night-raised"), ("on-deed", "deed")]
# Any other text: AA.
SEEN = [("accent", ground) for ground in GROUNDS]
SEEN += [("quiet", ground) for ground in GROUNDS]
SEEN += [("amber", ground) for ground in ("paper", "sheet", "wash", "amber-wash")]
SEEN += [("danger", ground) for ground in ("paper", "sheet", "wash", "danger-wash")]
SEEN += [
    ("on-deed", "deed-hover"),
    ("on-lantern", "lantern"),
    ("on-lantern", "glow"),
    ("on-danger", "danger-fill"),
    ("night-quiet", "night"),
    ("night-quiet", "night-raised"),
    ("sheet", "accent"),
    ("paper", "ink"),
]
# Edges of controls, bars and the focus ring.
DRAWN = [("edge", "paper"), ("edge", "sheet"), ("accent", "paper"), ("accent", "sheet")]
DRAWN += [("glow", "night"), ("night-line", "night-raised"), ("night-line", "night")]
DRAWN += [("danger-fill", "paper"), ("amber", "line"), ("danger", "line"), ("ink", "line")]


def blocks() -> dict[str, dict[str, str]]:
    """The colours of each block of the file, by its selector."""
    found = {}
    for selector, body in re.findall(r"(:root[^{]*)\{([^}]*)\}", TOKENS):
        colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", body))
        if colours:
            found[selector.strip()] = colours
    return found


LIGHT, BY_DEVICE, BY_CHOICE = blocks().values()


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, BY_DEVICE], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("least", "pairs"), [(7.0, READ), (4.5, SEEN), (3.0, DRAWN)], ids=["AAA", "AA", "drawn"]
)
def test_every_pair_of_colours_can_be_read(colours, least, pairs):
    ratios = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}

    assert {pair: ratio for pair, ratio in ratios.items() if ratio < least} == {}


def test_the_dark_of_the_device_and_the_dark_that_is_chosen_are_the_same():
    assert BY_DEVICE == BY_CHOICE


def test_light_and_dark_define_the_same_colours():
    assert LIGHT.keys() == BY_DEVICE.keys()


@pytest.mark.parametrize("sheet", sorted(SHEETS.glob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_uses_only_tokens_that_exist(sheet):
    text = sheet.read_text(encoding="utf-8")
    local = set(re.findall(r"--([\w-]+):", text))
    known = set(re.findall(r"--([\w-]+):", TOKENS)) | local

    assert set(re.findall(r"var\(--([\w-]+)", text)) <= known


def test_colours_are_written_in_the_tokens_alone():
    free = {"tokens.css", "print.css"}
    others = [path for path in SHEETS.glob("*.css") if path.name not in free]

    assert {
        path.name: found
        for path in others
        if (found := re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", path.read_text(encoding="utf-8")))
    } == {}


def test_an_address_in_a_style_sheet_is_a_file_that_is_served():
    for sheet in SHEETS.glob("*.css"):
        for address in re.findall(r"url\(\"([^\"]+)\"\)", sheet.read_text(encoding="utf-8")):
            assert (SHEETS / address).is_file(), f"{sheet.name}: {address}"
