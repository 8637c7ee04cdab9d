"""The summary of an import, for a reader."""

from fanal.config.commands.concerns import summary_of

REPORT = {
    "accepted": [
        {
            "line": 1,
            "external_ref": "A-1",
            "receipt": "R-1",
            "authority": {"code": "75", "name": "Ville de Paris"},
            "evaluation_due": "2026-06-02",
            "target_due": "2026-05-02",
        }
    ],
    "replayed": [{"line": 2, "external_ref": "A-0", "receipt": "R-0"}],
    "rejected": [
        {"line": 3, "external_ref": "A-2", "errors": {"minor.birth_date": ["Date à venir."]}},
        {"line": 4, "external_ref": None, "errors": {"_line": ["Ligne illisible."]}},
    ],
    "possible_duplicates": [{"line": 1, "receipts": ["R-7", "R-8"]}],
}


def test_the_summary_counts_first() -> None:
    assert summary_of(REPORT)[0] == "Acceptées : 1 ; déjà reçues : 1 ; refusées : 2."


def test_an_accepted_line_has_its_receipt_its_authority_and_its_legal_date() -> None:
    assert "  ligne 1 : récépissé R-1, Ville de Paris, évaluation due le 02/06/2026" in summary_of(
        REPORT
    )


def test_a_refused_line_has_a_message_for_each_field() -> None:
    lines = summary_of(REPORT)

    assert "  ligne 3 refusée (A-2) :" in lines
    assert "    minor.birth_date : Date à venir." in lines


def test_a_line_that_could_not_be_read_has_its_message_without_a_field() -> None:
    lines = summary_of(REPORT)

    assert "  ligne 4 refusée (sans référence) :" in lines
    assert "    Ligne illisible." in lines


def test_a_possible_duplicate_names_receipts_alone() -> None:
    assert summary_of(REPORT)[-1] == "  ligne 1 : peut-être le même mineur que R-7, R-8"
