"""A card for each pair: what the fields say, and what the rest of the group adds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fanal.engines.linkage.deduping import STRONG, Linked
from fanal.engines.linkage.evidence import Compared, Comparison
from fanal.engines.linkage.model import model_of
from fanal.engines.linkage.refusals import NoSuchCard

# A probability counted on a few dozen states says no more than this many bits.
MOST_BITS = 12.0


def cards(
    linked: Linked, names: Sequence[str], columns: Sequence[Sequence[str]]
) -> Iterator[dict[str, Any]]:
    """
    One card per pair, in the order of the pairs; the published format.

    Args:
        names, columns: of the records that were linked.
    """
    profile = linked.encoded.profile
    comparison = Comparison(
        model_of(linked.encoded, linked.agreement, linked.weights, linked.persons), profile
    )
    records = [
        dict(zip(profile.columns, cells, strict=True)) for cells in zip(*columns, strict=True)
    ]
    for (one, other), probability in zip(
        linked.pairs.tolist(), linked.probability.tolist(), strict=True
    ):
        compared = comparison.compare(records[one], records[other])
        yield card((names[one], names[other]), compared, probability)


def card(names: tuple[str, str], compared: Compared, probability: float) -> dict[str, Any]:
    """
    ``before`` and the ``bits`` of the fields make the odds of the pair alone; ``group`` is what the
    other records of its group add to them, or take away.
    """
    return {
        "records": list(names),
        "probability": round(probability, 4),
        "held": "strong" if probability >= STRONG else "possible",
        "before": round(compared.before, 2),
        "fields": [
            {
                "field": field.label,
                "values": list(field.values),
                "said": field.said,
                "bits": round(field.bits, 2),
            }
            for field in compared.fields
        ],
        "alone": round(compared.probability, 4),
        "group": round(_bits_of(probability) - _bounded(compared.bits), 2),
    }


def _bits_of(probability: float) -> float:
    inside = min(max(probability, 1e-9), 1.0 - 1e-9)
    return _bounded(math.log2(inside / (1.0 - inside)))


def _bounded(bits: float) -> float:
    return min(max(bits, -MOST_BITS), MOST_BITS)


def find_card(path: Path, one: str, other: str) -> dict[str, Any]:
    """
    The card of two records, in a file of cards, one a line.

    Raises:
        NoSuchCard: in French; no file, no card, or none of these two.
    """
    asked = {one, other}
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                told: dict[str, Any] = json.loads(line)
                if set(told["records"]) == asked:
                    return told
    except FileNotFoundError:
        raise NoSuchCard(f"Il n'y a pas de fichier {path}.") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise NoSuchCard(f"{path} n'est pas un fichier écrit par --cards.") from None
    raise NoSuchCard(f"Aucune carte de {one} et {other} : leur probabilité est sous 0,5.")


def as_lines(told: Mapping[str, Any]) -> list[str]:
    """The card in French, one line per thing that counts."""
    first, second = told["records"]
    lines = [
        f"{first} et {second} : probabilité {_comma(100 * told['probability'], 1)} %",
        f"  au départ                      {_signed(told['before'])}",
    ]
    lines += [
        f"  {field['field']:<20} {_signed(field['bits']):>16}   {field['said']}"
        + (f" : {' / '.join(field['values'])}" if all(field["values"]) else "")
        for field in told["fields"]
    ]
    lines.append(f"  les autres fiches du groupe    {_signed(told['group'])}")
    return lines


def _signed(bits: float) -> str:
    return f"{'+' if bits >= 0 else '−'}{_comma(abs(bits), 1)} bits"


def _comma(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".replace(".", ",")
