from __future__ import annotations

import re
from pathlib import Path

import pytest

import fanal
from fanal.ground.shell.theme import THEMES, UnknownTheme, static_dirs, template_dirs

NAMES = sorted(path.name for path in THEMES.iterdir() if path.is_dir())


def test_a_theme_gives_its_pieces_and_its_files():
    assert (template_dirs("neutral")[0] / "pieces" / "alert.html").is_file()
    assert (static_dirs("neutral")[0] / "neutral" / "tokens.css").is_file()


@pytest.mark.parametrize("name", ["autre", "", "..", "neutral/templates"])
def test_a_theme_that_does_not_exist_is_refused(name):
    with pytest.raises(UnknownTheme):
        template_dirs(name)


def test_the_licences_of_what_is_not_ours_are_kept_beside_it():
    folder = static_dirs("neutral")[0] / "neutral"

    assert "SIL OPEN FONT LICENSE" in (folder / "fonts/LICENSE-OFL.txt").read_text("utf-8")
    assert "ISC License" in (folder / "LICENSE-icons.txt").read_text("utf-8")


def test_no_screen_names_a_theme():
    """A screen asks for a piece or a sheet by its name: the theme says which file that is."""
    screens = (Path(fanal.__file__).parent / "templates").rglob("*.html")
    named = re.compile(rf"['\"/]({'|'.join(NAMES)})[/'\"]|\bfr-|\bneutral/")
    guilty = [path.name for path in screens if named.search(path.read_text(encoding="utf-8"))]

    assert guilty == []


@pytest.mark.parametrize("theme", [name for name in NAMES if name != "neutral"])
def test_a_layout_drawn_again_has_the_same_blocks(theme):
    blocks = re.compile(r"{%\s*block (\w+)")
    ours = Path(fanal.__file__).parent / "templates"
    again = [*(template_dirs(theme)[0] / "layouts").glob("*.html")]

    assert again
    for path in again:
        first = (ours / "layouts" / path.name).read_text(encoding="utf-8")
        assert blocks.findall(path.read_text(encoding="utf-8")) == blocks.findall(first)
