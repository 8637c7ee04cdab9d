"""HTML in plain functions: text is escaped here, once, and French spaces are made firm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

FIRM = "\u00a0"
BEFORE = re.compile(r" (?=[:;?!»%])")
# On a telephone a row of more columns becomes a card.
NARROW = 3
AFTER = re.compile(r"(?<=«) ")


@dataclass(frozen=True, slots=True)
class Table:
    """
    Numbers that a drawing shows. The first column names the row; ``numeric`` ones stand right.
    """

    caption: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()


def said(text: str) -> str:
    """A text, as HTML."""
    return escape(AFTER.sub(FIRM, BEFORE.sub(FIRM, text)), quote=True)


def paragraph(text: str, kind: str = "") -> str:
    return f"<p{_class(kind)}>{said(text)}</p>" if text else ""


def bullets(texts: Iterable[str], kind: str = "") -> str:
    items = "".join(f"<li>{said(text)}</li>" for text in texts)
    return f"<ul{_class(kind)}>{items}</ul>" if items else ""


def section(key: str, title: str, *parts: str) -> str:
    body = "\n".join(part for part in parts if part)
    return (
        f'<section id="{key}" aria-labelledby="{key}-titre">'
        f'<h2 id="{key}-titre">{said(title)}</h2>\n{body}\n</section>'
    )


def figure(drawing: str, table: Table, note: str = "") -> str:
    """A drawing, what it shows in one line, and its numbers behind a fold."""
    caption = f"<figcaption>{said(note)}</figcaption>" if note else ""
    return f"<figure>{drawing}{caption}{folded(table)}</figure>"


def folded(table: Table) -> str:
    return (
        "<details><summary>Les chiffres : "
        f"{said(table.caption[:1].lower() + table.caption[1:])}</summary>{written(table)}</details>"
    )


def written(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{_class("number" if place in table.numeric else "")}>{said(title)}</th>'
        for place, title in enumerate(table.titles)
    )
    body = "".join(f"<tr>{_row(table, row)}</tr>" for row in table.rows)
    return (
        f"<table{_class('cards' if len(table.titles) > NARROW else '')}>"
        f"<caption>{said(table.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(table: Table, row: Sequence[str]) -> str:
    first, *others = row
    cells = [f'<th scope="row">{said(first)}</th>']
    cells += [
        f"<td{_class('number' if place in table.numeric else '')} "
        f'data-label="{said(table.titles[place])}">{said(cell)}</td>'
        for place, cell in enumerate(others, start=1)
    ]
    return "".join(cells)


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
