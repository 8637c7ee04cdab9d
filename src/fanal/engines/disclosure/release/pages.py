"""What a reader of the release is told, in plain French, and the dictionary of its columns."""

from __future__ import annotations

from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.attacks.subtracting import children
from fanal.engines.disclosure.policies import Policy
from fanal.engines.disclosure.release.frames import Frame
from fanal.engines.disclosure.release.outcome import Outcome, Printed
from fanal.engines.disclosure.release.spec import Method

METHODS = {
    Method.SUPPRESS: "les cases trop petites sont masquées",
    Method.ROUND: "tous les chiffres sont arrondis",
    Method.CELLKEY: "tous les chiffres sont perturbés, toujours de la même façon",
    Method.PRIVATE: "tous les chiffres sont bruités, avec un budget de confidentialité",
    Method.SYNTHETIC: "des lignes artificielles, tirées de comptes bruités",
}
TRIED = {
    "interval": "bornes calculables de chaque case masquée, par programme linéaire",
    "differencing": "différences entre deux publications",
    "complement": "ce qui reste d'un total une fois les chiffres montrés retirés",
    "cumulative": "différences entre deux cumuls de dates",
    "geographic": "différences entre deux territoires emboîtés",
    "group": "lignes où tous ont la même valeur",
    "homogeneity": "lignes où presque tous ont la même valeur",
}
READING = (
    "« effectif » est vide quand « statut » vaut « masqué » : ce n'est pas un zéro. « au_moins » "
    "et « au_plus » disent entre quoi se trouve le vrai chiffre, quand cela peut se dire."
)


def readme(made: Frame, rule: Policy, outcome: Outcome) -> str:
    """The page of the release: what is there, what is hidden and why, what it costs the reader."""
    spec = made.spec
    lines = [f"# {spec.title}", ""]
    if spec.description:
        lines += [spec.description, ""]
    lines += [
        f"Données au {spec.date:%d/%m/%Y}. {spec.publisher or 'Contact'} : {spec.contact}",
        "",
        "## Ce qui protège les personnes",
        "",
        f"Règle suivie : {rule.label} (`{rule.full_name}`). Méthode : {METHODS[spec.method]}.",
        "",
        *(f"- {sentence}" for sentence in outcome.told),
        "",
        f"Source de la règle : {rule.source}",
        "",
    ]
    if outcome.printed:
        lines += ["## Ce que l'on y perd", "", *_losses(outcome), "", _reading(outcome), ""]
    lines += ["## Les attaques essayées avant de publier", "", *_attacks(outcome), ""]
    lines += [
        "## Les fichiers",
        "",
        *(f"- `{one.table.name}.csv`, `{one.table.name}.parquet`" for one in outcome.printed),
        *(["- `lignes.csv`, `lignes.parquet`"] if outcome.lines else []),
        "- `dictionnaire.csv`, `dictionnaire.md` : chaque colonne et ses valeurs",
        "- `attacks.json`, `structure.json`, `metadata.jsonld` : pour des programmes",
        "",
    ]
    return "\n".join(lines)


def _losses(outcome: Outcome) -> list[str]:
    rows = [
        "| tableau | cases | masquées | personnes dans les cases montrées |",
        "|---|---|---|---|",
    ]
    for one in outcome.printed:
        hidden = int(one.hidden.sum())
        cells = one.values.size
        share = f"{hidden} ({100 * hidden / cells:.0f} %)"
        rows.append(f"| {one.table.name} | {cells} | {share} | {_readable(one)} |")
    return rows


def _readable(one: Printed) -> str:
    """The share of the people who are in a finest cell that is shown, from what is printed."""
    import numpy as np

    finest = np.ones(one.values.shape, dtype=bool)
    total: list[int] = []
    blank = np.zeros(one.values.shape)
    table = Published("", one.table, blank, blank, one.hidden)
    for axis, size in enumerate(one.values.shape):
        above = children(table, axis)
        shape = [-1 if a == axis else 1 for a in range(one.values.ndim)]
        finest &= np.array([p not in above for p in range(size)]).reshape(shape)
        codes = one.table.codes(one.table.dimensions[axis])
        name = one.table.dimensions[axis].total
        total.append(codes.index(name) if name in codes else 0 if size == 1 else -1)
    if -1 in total or one.hidden[tuple(total)] or not one.values[tuple(total)]:
        return "total non montré"
    shown = int(one.values[finest & ~one.hidden].sum())
    return f"environ {min(100, round(100 * shown / int(one.values[tuple(total)])))} %"


def _reading(outcome: Outcome) -> str:
    if all(one.low is not None for one in outcome.printed):
        return READING
    return (
        "« effectif » est vide quand « statut » vaut « masqué » : ce n'est pas un zéro. "
        "« marge_95 » est l'erreur que 19 chiffres sur 20 ne dépassent pas."
    )


def _attacks(outcome: Outcome) -> list[str]:
    tried = outcome.verdict.get("attacks", {})
    if not tried:
        return [
            "La protection est une garantie de calcul : elle tient contre toute attaque, à ε près."
        ]
    lines = [
        f"- {TRIED[name]} : {one['tried']} essayées, {one['found']} réussies"
        for name, one in tried.items()
        if name in TRIED
    ]
    if "copies" in tried:
        one = tried["copies"]
        lines.append(
            f"- copie de personnes uniques : {100 * one['copied_used_half']:.1f} % de celles qui "
            f"ont servi, {100 * one['copied_unused_half']:.1f} % de celles qui n'ont pas servi ; "
            "l'écart ne dépasse pas le hasard"
        )
    past = outcome.verdict.get("with_earlier_tables", 0)
    if past:
        lines.append(f"- essayées avec les {past} tableaux déjà publiés de la série")
    return lines


def dictionary(made: Frame, outcome: Outcome) -> list[dict[str, str]]:
    """One line per variable and value, then the columns of figures."""
    lines = []
    for name, one in made.spec.variables.items():
        dimension = next(d for d in made.tables[0].dimensions if d.name == one.column)
        for code in (dimension.total, *dimension.groups, *dimension.atoms):
            if outcome.lines and code not in dimension.atoms:
                continue
            lines.append(
                _line(name, one.label, code, _sort(code, dimension.total, dimension.groups))
            )
    if not outcome.lines:
        bounded = all(one.low is not None for one in outcome.printed)
        lines.append(_line("effectif", "Nombre de personnes", "", "nombre"))
        lines.append(_line("statut", "Le chiffre est-il montré ?", "publié, estimé ou masqué", ""))
        if bounded:
            lines.append(_line("au_moins", "Le vrai chiffre n'est pas plus petit", "", "nombre"))
            lines.append(_line("au_plus", "Le vrai chiffre n'est pas plus grand", "", "nombre"))
        else:
            lines.append(
                _line("marge_95", "Erreur que 19 chiffres sur 20 ne dépassent pas", "", "nombre")
            )
    return lines


def _line(column: str, label: str, value: str, kind: str) -> dict[str, str]:
    return {"colonne": column, "libelle": label, "valeur": value, "nature": kind}


def _sort(code: str, total: str, groups: object) -> str:
    if code == total:
        return "total"
    return "regroupement" if isinstance(groups, dict) and code in groups else "modalité"


def dictionary_page(made: Frame, lines: list[dict[str, str]]) -> str:
    page = [
        f"# Dictionnaire : {made.spec.title}",
        "",
        "| colonne | libellé | valeurs |",
        "|---|---|---|",
    ]
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in lines:
        grouped.setdefault((one["colonne"], one["libelle"]), []).append(one["valeur"])
    for (column, label), values in grouped.items():
        page.append(f"| `{column}` | {label} | {', '.join(filter(None, values))} |")
    return "\n".join([*page, ""])
