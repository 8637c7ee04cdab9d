"""What the verification says, in one line each; and where it looks for what was kept."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.audit.findings import Finding, Verdict
from fanal.ground.audit.keeping import UnreadableFolder, folder_of, kept_heads, kept_seals
from fanal.ground.audit.merkle import LEAF, NODE, root_of
from fanal.ground.audit.terms import Flaw


def test_the_first_flaw_is_one_line_with_its_place_and_its_moment() -> None:
    found = Finding(
        Flaw.ALTERED,
        "son contenu a changé",
        chain="authority:59",
        position=1234,
        at=datetime(2026, 11, 24, 9, 12, 3, tzinfo=UTC),
    )
    verdict = Verdict(findings=[found, found])

    assert verdict.lines() == [
        "Trace modifiée, chaîne authority:59, position 1\u202f234, le 24/11/2026 à 10:12:03\u00a0: "
        "son contenu a changé. (1 autre(s) défaut(s)\u00a0: --json les donne.)"
    ]
    assert verdict.as_dict()["sound"] is False


def test_a_whole_journal_says_what_was_looked_at() -> None:
    verdict = Verdict(traces=1200, chains=1, seals=2, stamps=2, waiting=1)

    assert verdict.lines() == [
        "Le journal est entier\u00a0: 1\u202f200 traces, 1 chaîne, 2 scellés, 2 tampons vérifiés.",
        "En attente de leur maillon\u00a0: 1 trace.",
    ]


def test_the_place_of_a_journal_is_its_own(tmp_path: Path) -> None:
    journal = uuid4()
    assert folder_of(journal, named=None, usual=str(tmp_path / "rien")) is None
    # A folder that knows others and not this one: its absence will be said.
    (tmp_path / "autre").mkdir()
    assert folder_of(journal, named=None, usual=str(tmp_path)) == tmp_path / str(journal)
    assert folder_of(journal, named=tmp_path, usual="") == tmp_path
    (tmp_path / str(journal)).mkdir()
    assert folder_of(journal, named=tmp_path, usual="") == tmp_path / str(journal)


@pytest.mark.parametrize("text", ["", "{}", '{"number": "un"}', "\x00"])
def test_a_spoilt_seal_or_an_absent_folder_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "seal-000001.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFolder):
        kept_seals(tmp_path)
    with pytest.raises(UnreadableFolder):
        kept_seals(tmp_path / "absent")


def test_a_last_line_cut_by_a_kill_is_left_out(tmp_path: Path) -> None:
    line = '{"chain": "rest", "position": 3, "digest": "' + "00" * 32 + '"}'
    (tmp_path / "heads-2026-11-24.jsonl").write_text(f"{line}\n{line[:20]}", encoding="utf-8")

    assert [one.position for one in kept_heads(tmp_path)] == [3]


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_the_root_is_that_of_the_standard(leaves: list[bytes]) -> None:
    """RFC 9162, section 2.1.1, written as it says."""

    def standard(part: list[bytes]) -> bytes:
        if not part:
            return sha256().digest()
        if len(part) == 1:
            return sha256(LEAF + part[0]).digest()
        half = 1
        while half * 2 < len(part):
            half *= 2
        return sha256(NODE + standard(part[:half]) + standard(part[half:])).digest()

    assert root_of(leaves) == standard(leaves)
