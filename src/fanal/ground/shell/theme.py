"""Where a theme keeps its templates and its files. Imported by the settings: no Django here."""

from pathlib import Path

THEMES = Path(__file__).resolve().parent / "themes"


class UnknownTheme(Exception):
    """The setting FANAL_THEME names no folder of ``themes/``."""


def _folder(theme: str) -> Path:
    if theme not in {path.name for path in THEMES.iterdir() if path.is_dir()}:
        raise UnknownTheme(f"FANAL_THEME : aucun thème ne s'appelle « {theme} ».")
    return THEMES / theme


def template_dirs(theme: str) -> list[Path]:
    """Folders to put first in ``TEMPLATES[0]["DIRS"]``."""
    return [_folder(theme) / "templates"]


def static_dirs(theme: str) -> list[Path]:
    """Folders for ``STATICFILES_DIRS``."""
    return [_folder(theme) / "static"]
