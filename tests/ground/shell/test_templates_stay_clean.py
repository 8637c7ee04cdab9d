"""What the Content-Security-Policy would refuse is refused here, in every template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fanal
from fanal.ground.shell import words
from fanal.ground.shell.templatetags.fanal import TONE_ICONS

PACKAGE = Path(fanal.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("*.html"))
ICONS = PACKAGE / "ground/shell/themes/neutral/static/neutral/icons.svg"

# A document that is not a page (a mail, a letter) would still have no reason to hold these.
FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "a file of another site": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE
    ),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+off"),
}
# Django's own convention: the help text of a field is HTML written by a developer.
ALLOWED = {("forms/field.html", "text that is not escaped")}


def short(path: Path) -> str:
    return "/".join(path.parts[-2:])


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 40


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    guilty = [
        short(path)
        for path in TEMPLATES
        if FORBIDDEN[what].search(path.read_text(encoding="utf-8"))
        and (short(path), what) not in ALLOWED
    ]

    assert guilty == []


def test_every_piece_is_included_alone():
    """Without ``only`` a piece would read whatever the screen happens to name as it does."""
    includes = re.compile(r"{%\s*include\s+\"pieces/[^%]*%}")
    guilty = {
        short(path): found
        for path in TEMPLATES
        if (
            found := [
                tag
                for tag in includes.findall(path.read_text(encoding="utf-8"))
                if not re.search(r"\sonly\s*%}$", tag)
            ]
        )
    }

    assert guilty == {}


def test_every_icon_that_is_named_exists():
    known = set(re.findall(r'symbol id="([\w-]+)"', ICONS.read_text(encoding="utf-8")))
    named = {
        name
        for path in TEMPLATES
        for tag in re.findall(r"{%[^%]*pieces/[^%]*%}", path.read_text(encoding="utf-8"))
        for name in re.findall(
            r"\bicon=\"([\w-]+)\"" if "icon.html" not in tag else r"\bname=\"([\w-]+)\"", tag
        )
    }

    assert named
    assert named <= known


def test_the_icons_that_python_names_exist():
    known = set(re.findall(r'symbol id="([\w-]+)"', ICONS.read_text(encoding="utf-8")))

    assert {*TONE_ICONS.values(), *words.ICONS.values(), "info"} <= known
