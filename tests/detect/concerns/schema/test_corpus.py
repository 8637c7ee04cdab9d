"""The invented concerns of the tests: accepted, varied, and visibly invented."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detect.concerns.schema.sample import find_commune as any_commune
from fanal.detect.concerns.reading import Line, read_lines
from fanal.detect.concerns.schema import (
    ConcernInput,
    InvalidConcern,
    content_digest,
    parse_concern,
)
from fanal.detect.screening.queries import load
from fanal.ground.territory.queries import find_commune

DATA = Path(__file__).parents[3] / "data"
NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
INVENTED = re.compile(
    r"Invent|Ficti|Exemple|Imagin|Delafable|Dupersonnage|Du Roman|Le Fabuleux|Conte|Invention"
    r"|Faltazi|Asmatua|Erfunden|Născocit|Zmyślon|Вымышлен|Επινοημέν|გამოგონილი|虚构|خيالي",
    re.IGNORECASE,
)
FICTION_NUMBER = re.compile(r"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d")
NUMBER = re.compile(r"\b0\d(?: ?\d\d){4}\b")


def lines_of(name: str) -> list[Line]:
    with (DATA / name).open("rb") as stream:
        return list(read_lines(stream))


@pytest.fixture(scope="module")
def corpus() -> list[ConcernInput]:
    return [
        parse_concern(line.data, now=NOW, find_commune=any_commune)
        for line in lines_of("concerns.jsonl")
    ]


def test_at_least_sixty_different_concerns_are_accepted(corpus):
    assert len(corpus) >= 60
    assert len({concern.external_ref for concern in corpus}) == len(corpus)
    assert len({content_digest(concern) for concern in corpus}) == len(corpus)


def test_every_person_is_visibly_invented(corpus):
    for concern in corpus:
        assert concern.facts.startswith("[personne inventée] ")
        names = [concern.minor.family_name, concern.author.name]
        names += [holder.name for holder in concern.holders]
        assert [name for name in names if name and not INVENTED.search(name)] == []


def test_every_number_is_kept_for_fiction():
    text = (DATA / "concerns.jsonl").read_text("utf-8")

    assert NUMBER.search(text)
    assert [found for found in NUMBER.findall(text) if not FICTION_NUMBER.fullmatch(found)] == []


def test_the_corpus_is_varied(corpus):
    assert {c.author.kind for c in corpus} == {
        "helpline", "school", "health", "police", "association", "family", "child_welfare", "other",
    }  # fmt: skip
    assert {c.minor.sex for c in corpus} == {"F", "M", "X", "unknown"}
    assert {c.exploitation for c in corpus} == {"none", "suspected", "confirmed"}
    assert {c.parents_informed.value for c in corpus} == {"yes", "no"}
    for several in (
        [c for c in corpus if c.immediate_danger],
        [c for c in corpus if c.missing_now],
        [c for c in corpus if c.child_informed],
        [c for c in corpus if c.minor.birth_date],
        [c for c in corpus if c.minor.age_estimate is not None],
        [c for c in corpus if c.other_minors],
        [c for c in corpus if c.holders],
        [c for c in corpus if not (c.minor.family_name or "").isascii()],
        [c for c in corpus if "'" in (c.minor.family_name or "") + (c.minor.given_names or "")],
    ):
        assert len(several) >= 3
    assert max(len(c.facts) for c in corpus) > 3_000
    assert {code[:3] for c in corpus for code in c.indicators} == {d.code for d in load().domains}


def test_the_corpus_goes_to_every_kind_of_authority(corpus, db):
    found = [find_commune(concern.commune) for concern in corpus]

    kinds = Counter(commune.authority.kind for commune in found)
    assert set(kinds) == {
        "departement", "metropole", "collectivite_statut_particulier", "collectivite_europeenne",
        "collectivite_unique", "collectivite_outre_mer",
    }  # fmt: skip
    codes = {commune.authority.code for commune in found}
    assert {"69D", "69M", "75C", "6AE", "20R", "971", "972", "973", "974", "975", "976"} <= codes
    assert {"977", "978"} <= codes
    assert {"arrondissement", "former"} <= {str(commune.status) for commune in found}


def test_the_corpus_is_accepted_on_the_real_map(corpus, db):
    for line, concern in zip(lines_of("concerns.jsonl"), corpus, strict=True):
        assert parse_concern(line.data, now=NOW, find_commune=find_commune) == concern


def test_one_line_of_each_refusal_names_its_fields(db):
    expected = json.loads((DATA / "refused" / "one_of_each.errors.json").read_text("utf-8"))

    told, accepted = {}, []
    for line in lines_of("refused/one_of_each.jsonl"):
        errors = line.errors
        if not errors:
            try:
                parse_concern(line.data, now=NOW, find_commune=find_commune)
            except InvalidConcern as refusal:
                errors = refusal.errors
        if errors:
            told[str(line.number)] = sorted(errors)
        else:
            accepted.append(line.number)

    assert told == expected
    assert len(accepted) == 2
