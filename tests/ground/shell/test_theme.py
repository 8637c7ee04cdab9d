from __future__ import annotations

import pytest

from fanal.ground.shell.theme import UnknownTheme, static_dirs, template_dirs


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
