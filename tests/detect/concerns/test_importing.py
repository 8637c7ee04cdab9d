import json

import pytest

from detect.concerns.inputs import NOW, written
from fanal.detect.concerns.importing import UnreadableFile, import_file
from fanal.detect.concerns.models import Concern, Submission
from fanal.detect.concerns.reading import read_lines
from rows import as_owner

pytestmark = pytest.mark.django_db


def run(tmp_path, school, *lines):
    path = tmp_path / "concerns.jsonl"
    path.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    )
    return import_file(path=path, organisation=school, now=lambda: NOW).as_dict()


def test_a_good_line_gets_its_receipt_its_authority_and_its_two_days(tmp_path, school):
    (row,) = run(tmp_path, school, written())["accepted"]

    assert row["receipt"].startswith("IP-2026-")
    assert {key: row[key] for key in row if key != "receipt"} == {
        "line": 1,
        "external_ref": "TIL-1",
        "authority": {"code": "59", "name": "Nord"},
        "evaluation_due": "2026-06-02",
        "target_due": "2026-03-17",
    }


def test_bad_lines_say_why_and_good_ones_around_them_are_kept(tmp_path, school):
    report = run(
        tmp_path,
        school,
        written(),
        b"",
        b"{not json",
        written(external_ref="TIL-2", minor__birth_date="2027-01-01", commune="98818"),
        written(external_ref="TIL-3"),
    )

    assert [row["line"] for row in report["accepted"]] == [1, 5]
    broken, refused = report["rejected"]
    assert (broken["line"], broken["external_ref"], list(broken["errors"])) == (3, None, ["_line"])
    assert (refused["line"], refused["external_ref"]) == (4, "TIL-2")
    assert set(refused["errors"]) == {"minor.birth_date", "commune"}
    assert report["possible_duplicates"] == [
        {"line": 5, "receipts": [report["accepted"][0]["receipt"]]}
    ]
    with as_owner():
        assert Concern.objects.count() == Submission.objects.count() == 2


def test_the_file_sent_again_gives_the_same_receipts_and_writes_nothing(tmp_path, school):
    lines = [written(external_ref=f"TIL-{n}") for n in range(3)]
    first = run(tmp_path, school, *lines)
    again = run(tmp_path, school, *lines)

    assert again["accepted"] == again["rejected"] == []
    assert [row["receipt"] for row in again["replayed"]] == [
        row["receipt"] for row in first["accepted"]
    ]
    with as_owner():
        assert Concern.objects.count() == 3


def test_a_reference_used_for_something_else_is_refused_on_its_field(tmp_path, school):
    report = run(tmp_path, school, written(), written(facts="Autre chose. [personne inventée]"))

    (refused,) = report["rejected"]
    assert refused["line"] == 2
    assert "autre contenu" in refused["errors"]["external_ref"][0]


def test_a_file_that_is_not_there_is_said_in_french(tmp_path, school):
    with pytest.raises(UnreadableFile, match="ne peut pas être lu"):
        import_file(path=tmp_path / "absent", organisation=school, now=lambda: NOW)


def test_a_reading_that_stops_half_way_gives_the_receipts_so_far(tmp_path, school, monkeypatch):
    def breaking(stream):
        yield from list(read_lines(stream))[:1]
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("fanal.detect.concerns.importing.read_lines", breaking)
    path = tmp_path / "concerns.jsonl"
    path.write_text(json.dumps(written()), encoding="utf-8")

    report = import_file(path=path, organisation=school, now=lambda: NOW)

    assert len(report.accepted) == 1
    assert "avant la fin" in report.cut_short
