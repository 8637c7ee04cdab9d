"""Every string of a document, keys included, wherever it hides."""

from collections.abc import Iterator

DEEPEST = 6

Path = tuple[int | str, ...]


def strings_of(document: object) -> Iterator[tuple[Path, str]]:
    """Each string with its path. Without recursion: a deep document must not break the walk."""
    pending: list[tuple[Path, object]] = [((), document)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, list):
            pending.extend((_below(path, index), item) for index, item in enumerate(value))
        elif isinstance(value, dict):
            for key, item in value.items():
                yield _below(path, printable(key)), str(key)
                pending.append((_below(path, printable(key)), item))


def _below(path: Path, part: int | str) -> Path:
    # No field stands deeper than three steps: past six, a path says enough.
    return (*path, part) if len(path) < DEEPEST else path


def printable(text: object, *, longest: int = 60) -> str:
    """A text of the sender as an error may show it: no character that hides, no great length."""
    shown = "".join(c if c.isprintable() else "�" for c in str(text)[:longest])
    return shown + "…" if len(str(text)) > longest else shown


def dotted(path: Path) -> str:
    """``minor.birth_date``; ``_line`` for what is not a field."""
    return ".".join(printable(part) for part in path) or "_line"
