"""The checklist of what must be known before publishing, and how to find these figures again."""

from __future__ import annotations

from fanal.engines.population.reporting.findings import Findings, Item
from fanal.engines.population.reporting.markup import paragraph, said, section
from fanal.engines.population.tables import CaptureTable

# Said by people, not computed from the table: who is counted, which lists, who checked.
WRITTEN_BY_PEOPLE = frozenset({1, 2, 16})
# What these say is how many people were counted: here, in the sections, by its bounds.
COUNTED = frozenset({4, 5, 17})
ELSEWHERE = "Dit dans ce rapport, sous la forme que permet le secret statistique."


def checklist(findings: Findings) -> str:
    items = "".join(_item(one, _is_said(one[0], findings)) for one in findings.items)
    there = sum(present for _, _, present, _ in findings.items)
    return section(
        "controle",
        "Liste de contrôle avant publication",
        paragraph(
            f"{there} points sur {len(findings.items)} sont réunis. Une estimation ne se publie "
            "qu'avec tous."
        ),
        f'<ol class="checklist">{items}</ol>',
    )


def _is_said(number: int, findings: Findings) -> bool:
    """Whether the text of an item may be shown: it may hold a count that is hidden elsewhere."""
    if findings.public or number in WRITTEN_BY_PEOPLE:
        return True
    return number not in COUNTED and not findings.gives_cells_back


def _item(item: Item, is_said: bool) -> str:
    number, title, present, text = item
    if present and not is_said:
        text = ELSEWHERE
    state = "réuni" if present else "manque"
    kind = "there" if present else "lacking"
    more = f"<p>{said(text)}</p>" if present and text else ""
    return (
        f'<li value="{number}"><p><strong>{said(title)}</strong> '
        f'<span class="state {kind}">{state}</span></p>{more}</li>'
    )


def reproduce(findings: Findings, shown: CaptureTable) -> str:
    of_what = "" if findings.public else " (tableau protégé)"
    facts = (
        (f"Empreinte du tableau{of_what}", f"<code>{said(shown.digest)}</code>"),
        ("Version", f"<code>{said(findings.version)}</code>"),
        ("Graine", f"<code>{findings.seed}</code>"),
        ("Tirages des analyses", f"<code>{findings.analyses.replicates}</code>"),
        ("Commande", f"<code>{said(findings.command)}</code>"),
    )
    rows = "".join(f"<div><dt>{said(name)}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<h2>Retrouver ces chiffres</h2><dl class="facts">{rows}</dl>'
