"""Where a theme keeps its templates and its files. Imported by the settings: no Django here."""

from pathlib import Path

THEMES = Path(__file__).resolve().parent / "themes"
NEUTRAL, DSFR = "neutral", "dsfr"
# What a theme does not draw itself is drawn as here.
BENEATH = {DSFR: NEUTRAL}


class UnknownTheme(Exception):
    """The setting FANAL_THEME names no folder of ``themes/``."""


def _folders(theme: str) -> list[Path]:
    if theme not in {path.name for path in THEMES.iterdir() if path.is_dir()}:
        raise UnknownTheme(f"FANAL_THEME : aucun thème ne s'appelle « {theme} ».")
    beneath = _folders(BENEATH[theme]) if theme in BENEATH else []
    return [THEMES / theme, *beneath]


def template_dirs(theme: str) -> list[Path]:
    """Folders to put first in ``TEMPLATES[0]["DIRS"]``."""
    return [folder / "templates" for folder in _folders(theme)]


def static_dirs(theme: str) -> list[Path]:
    """Folders for ``STATICFILES_DIRS``."""
    return [folder / "static" for folder in _folders(theme)]


def static_finders(theme: str) -> list[str]:
    """Classes for ``STATICFILES_FINDERS``."""
    ours = ["fanal.ground.shell.dsfr.finder.DsfrFinder"] if theme == DSFR else []
    return [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "django.contrib.staticfiles.finders.AppDirectoriesFinder",
        *ours,
    ]
