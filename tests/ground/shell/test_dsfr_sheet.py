"""What is taken of the State's design system: one sheet, its fonts, its drawings; no script."""

from __future__ import annotations

import gzip
import sys

import pytest

from fanal.ground.shell.dsfr import mirror, sheet
from fanal.ground.shell.theme import THEMES, static_dirs, static_finders, template_dirs

# The whole of the design system weighs 91 kB compressed.
MOST_COMPRESSED = 60_000
AT = "background-position"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dsfr")
    return folder, sheet.build(folder)


def test_the_sheet_is_light_and_names_only_files_beside_it(built):
    folder, names = built
    text, letters = (
        (folder / name).read_text(encoding="utf-8") for name in (sheet.SHEET, sheet.LETTERS)
    )

    assert len(gzip.compress(text.encode())) < MOST_COMPRESSED
    assert sorted(
        {
            *(sheet.SHEET, sheet.MIRRORED, sheet.LETTERS),
            *sheet.NAMED.findall(text),
            *sheet.NAMED.findall(letters),
        }
    ) == sorted(names)
    assert ".woff2" not in text
    assert letters.count("@font-face") == letters.count(".woff2") > 0
    assert all((folder / name).is_file() for name in names)
    assert not [name for name in names if name.endswith(".js")]


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        (
            "a{margin-left:1px;right:0;border-left-width:2px}",
            "a{margin-right:1px;left:0;border-right-width:2px}",
        ),
        ("a{padding:1px 2px 3px 4px!important}", "a{padding:1px 4px 3px 2px!important}"),
        (
            "a{border-radius:1px 2px 3px 4px;text-align:left}",
            "a{border-radius:2px 1px 4px 3px;text-align:right}",
        ),
        (
            "a{background-position:0 1px,calc(100% - 1rem) 50%}",
            "a{background-position:100% 1px,1rem 50%}",
        ),
        (
            "a{background-position:calc(-1px + 2px) 0,25% 0}",
            "a{background-position:calc(100% - (-1px + 2px)) 0,75% 0}",
        ),
        (
            "a{background-position:bottom,var(--x) 1px}",
            "a{background-position:bottom,var(--x) 1px}",
        ),
        ("@media (x){a:hover{left:0}}", "@media (x){a:hover{right:0}}"),
        (".fr-logo:before{left:0}", ".fr-logo:before{left:0}"),
        ("a{--left:1px;margin:0 auto}", "a{--left:1px;margin:0 auto}"),
    ],
)
def test_a_side_is_turned_and_nothing_else(said, turned):
    assert mirror.mirrored(said) == turned


def test_the_sheet_that_is_read_from_right_to_left_says_as_much(built):
    text, turned = (
        (built[0] / name).read_text(encoding="utf-8") for name in (sheet.SHEET, sheet.MIRRORED)
    )

    assert turned.count("{") == text.count("{")
    left, right = (turned.count(f"margin-{side}:") for side in ("left", "right"))
    # But for the mark of the State, whose rules stay.
    assert left + right == text.count("margin-left:") + text.count("margin-right:")
    assert left != text.count("margin-left:")
    assert len(gzip.compress(turned.encode())) < MOST_COMPRESSED


def test_nothing_in_the_sheet_needs_what_the_policy_of_our_pages_refuses(built):
    text = (built[0] / sheet.SHEET).read_text(encoding="utf-8")

    assert "data:image" not in text
    assert "http" not in text


def test_the_dark_colours_follow_the_device_and_a_choice_without_a_script(built):
    text = (built[0] / sheet.SHEET).read_text(encoding="utf-8")

    assert "data-fr-theme" not in text
    dark = text.split("@media (prefers-color-scheme:dark)")
    assert any(':root:not([data-appearance="clair"]){--grey-1000-50:#161616' in one for one in dark)
    assert ':root[data-appearance="sombre"]{--grey-1000-50:#161616' in text


def test_a_rule_for_both_keeps_its_light_part():
    found = sheet.RULE.sub(sheet._dark, ".a,[data-fr-theme=dark] .b{c:d}.e{f:g}")

    assert found.startswith(".a{c:d}@media (prefers-color-scheme:dark)")
    assert found.endswith(".e{f:g}")


def test_the_code_of_the_package_is_never_run(built):
    assert built
    assert "dsfr" not in sys.modules


def test_without_the_package_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(sheet, "find_spec", lambda name: None)

    with pytest.raises(sheet.NoPackage, match=r"fanal\[dsfr\]"):
        sheet.dist_folder()


def test_nothing_of_the_state_is_in_the_neutral_theme():
    assert [folder.parent.name for folder in template_dirs("neutral")] == ["neutral"]
    assert static_dirs("dsfr")[1:] == static_dirs("neutral")
    assert not any("dsfr" in one for one in static_finders("neutral"))


def test_nothing_of_the_design_system_is_in_this_repository():
    kept = [path for path in (THEMES / "dsfr").rglob("*") if path.is_file()]

    assert {path.suffix for path in kept} == {".html", ".css"}
    assert not [path for path in kept if "SPDX" in path.read_text(encoding="utf-8")]
