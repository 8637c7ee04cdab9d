"""
One sheet made of what the pages use of the State's design system, when static files are gathered.
Its letters are in a sheet apart, for desks: three of their files weigh more than a public page may.

It comes from the installed package and goes to the instance's own folder: nothing of it is in
this repository. The package's Python is never imported.
"""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from fanal.ground.shell.dsfr.mirror import mirrored

SHEET, MIRRORED, LETTERS = "dsfr.css", "dsfr-rtl.css", "dsfr-letters.css"
# What the pages use, and no more: the whole sheet weighs 91 kB compressed.
COMPONENTS = (
    *("button", "form", "input", "select", "radio", "checkbox", "upload", "alert", "badge"),
    *("header", "logo", "footer", "skiplink", "link", "breadcrumb", "card", "table"),
)
DARK = re.compile(r"(?::root)?\[data-fr-theme=dark\]")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
# The older format, for browsers that know no variable of CSS either.
OLD_FONT = re.compile(r',url\([^)]*\.woff\) format\("woff"\)')
FACE = re.compile(r"@font-face\{[^}]*\}")
NAMED = re.compile(r'url\("?(?!data:)([^)"]+)"?\)')
# Drawings written in the sheet itself: our pages accept none but files of their own site.
DRAWN = re.compile(r"""url\((["'])data:image/svg\+xml;[^,"']*,(.*?)\1\)""")
# By the device, as every page without script; by the reader's choice, on desks.
BY_DEVICE, BY_CHOICE = ':root:not([data-appearance="clair"])', ':root[data-appearance="sombre"]'


class NoPackage(Exception):
    """The theme is asked for and django-dsfr is not installed."""


def dist_folder() -> Path:
    """
    Where the package keeps the files of the design system.

    Raises:
        NoPackage: with what to install.
    """
    found = find_spec("dsfr")
    if found is None or not found.submodule_search_locations:
        raise NoPackage(
            "Le thème « dsfr » a besoin de django-dsfr : installez « fanal[dsfr] », puis relancez."
        )
    return Path(found.submodule_search_locations[0]) / "static" / "dsfr" / "dist"


def compose(dist: Path) -> tuple[str, str, dict[str, str]]:
    """The sheet, that of its letters, and the drawings taken out of it, by their names beside."""
    parts = [dist / "core" / "core.main.min.css", dist / "scheme" / "scheme.min.css"]
    parts += [dist / "component" / one / f"{one}.main.min.css" for one in COMPONENTS]
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    text = OLD_FONT.sub("", text).replace("url(../../", "url(").replace("url(../", "url(")
    letters, text = "".join(FACE.findall(text)), FACE.sub("", text)
    # Their script writes the attribute; ours have none, and a page is dark before any script.
    text = RULE.sub(_dark, text)
    drawings: dict[str, str] = {}

    def taken_out(found: re.Match[str]) -> str:
        drawing = unquote(found[2])
        name = f"drawings/{sha256(drawing.encode()).hexdigest()[:12]}.svg"
        drawings[name] = drawing
        return f"url({name})"

    return DRAWN.sub(taken_out, text), letters, drawings


def _dark(rule: re.Match[str]) -> str:
    selectors, body = rule[1].split(","), rule[2]
    dark = [one for one in selectors if DARK.search(one)]
    if not dark:
        return rule[0]
    light = [one for one in selectors if one not in dark]
    by_device, by_choice = (
        ",".join(DARK.sub(root, one) for one in dark) for root in (BY_DEVICE, BY_CHOICE)
    )
    always = f"{','.join(light)}{{{body}}}" if light else ""
    return (
        f"{always}@media (prefers-color-scheme:dark){{{by_device}{{{body}}}}}{by_choice}{{{body}}}"
    )


def build(folder: Path, dist: Path | None = None) -> list[str]:
    """Write the sheets and the files they name under ``folder``; returns their names."""
    dist = dist or dist_folder()
    text, letters, drawings = compose(dist)
    names = sorted({name for name in NAMED.findall(text + letters) if name not in drawings})
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dist / name, folder / name)
    sheets = {SHEET: text, MIRRORED: mirrored(text), LETTERS: letters}
    for name, drawing in {**drawings, **sheets}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(drawing, encoding="utf-8")
    return [*sheets, *drawings, *names]
