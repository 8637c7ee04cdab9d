"""``fanal population``: what is printed, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fanal.config.commands.contents import Contents

TABLES = Path(__file__).parents[2] / "engines" / "population" / "tables"
KOREA = str(TABLES / "korea_3lists.csv")
KEYS = {
    "method", "estimate", "lower", "upper", "level", "replicates", "monte_carlo_error", "model",
    "refused", "warnings",
}  # fmt: skip


def call(*words: str) -> Result:
    return CliRunner().invoke(Contents(name="fanal"), ["population", *words])


def answers(*words: str) -> list[dict[str, Any]]:
    result = call("estimate", *words, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


def written(folder: Path, text: str) -> str:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_all_methods_answer_or_say_why_not() -> None:
    found = answers(KOREA, "--bootstrap", "100")

    assert len(found) > 7
    for one in found:
        assert one.keys() >= KEYS
        assert (one["estimate"] is None) == (one["refused"] is not None)
        assert one["publishable"] is False
        assert one["missing"]


@pytest.mark.parametrize(
    "method", ["stepwise", "bic", "aic", "average", "dga", "latent", "chao", "independence"]
)
def test_one_method_answers_alone(method: str) -> None:
    (one,) = answers(KOREA, "--method", method, "--bootstrap", "50")

    assert one["method"] == method
    assert one["estimate"] > 123
    assert one["lower"] <= one["estimate"] <= one["upper"]


def test_the_same_seed_gives_the_same_figures_and_another_one_others() -> None:
    one, same, other = (
        answers(KOREA, "--method", "stepwise", "--bootstrap", "200", "--seed", seed)
        for seed in ("3", "3", "4")
    )

    assert one == same
    assert one[0]["upper"] != other[0]["upper"]
    assert one[0]["estimate"] == other[0]["estimate"]


def test_no_draw_gives_the_estimate_without_limits() -> None:
    (one,) = answers(KOREA, "--method", "stepwise", "--bootstrap", "0")

    assert (one["lower"], one["upper"], one["replicates"]) == (None, None, None)


def test_two_lists_are_chapman_s(tmp_path: Path) -> None:
    path = written(tmp_path, "A,B,count\n1,0,30\n0,1,40\n1,1,10\n")
    (one,) = answers(path, "--method", "chapman")
    (other,) = answers(path, "--method", "stepwise")

    assert one["estimate"] == pytest.approx(41 * 51 / 11 - 1)
    assert other["refused"]["code"] == "too_few_lists"


def test_missed_links_lower_the_estimate() -> None:
    plain, corrected = (
        answers(
            str(TABLES / "uk2013_4lists.csv"), "--method", "stepwise", "--bootstrap", "50", *more
        )
        for more in ((), ("--missed-links", "0.05"))
    )

    assert corrected[0]["estimate"] < plain[0]["estimate"]


def test_protected_cells_are_read_when_asked_for(tmp_path: Path) -> None:
    text = (TABLES / "kosovo1999_4lists.csv").read_text(encoding="utf-8")
    lines = [
        line if not 0 < int(line.split(",")[-1]) <= 20 else f"{line.rpartition(',')[0]},1..20"
        for line in text.splitlines()[1:]
    ]
    path = written(tmp_path, "\n".join([text.splitlines()[0], *lines]))
    (refused,) = answers(path, "--method", "stepwise", "--bootstrap", "100")
    (answered,) = answers(path, "--method", "stepwise", "--bootstrap", "200", "--protected")

    assert refused["refused"]["code"] == "not_for_protected_cells"
    assert answered["estimate"] > 4000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "vide"),
        ("A,B,C,count\n", "aucune ligne"),
        ("A,B,C,count\n1,0,0,-3\n", "pas un nombre entier"),
        ("A,B,C,count\n1,0,0,2.5\n", "pas un nombre entier"),
        ("A,B,C,count\n1,0,0,3\n1,0,0,4\n", "déjà à la ligne 2"),
        ("A,B,C,count\n1,0,3\n", "pas le même nombre de cases"),
        ("A,B,C,count\n1,x,0,3\n", "ni 0 ni 1"),
        ("count\n3\n", "Aucune colonne"),
    ],
)
def test_what_cannot_be_read_is_one_french_line(tmp_path: Path, text: str, said: str) -> None:
    result = call("estimate", written(tmp_path, text))

    assert result.exit_code != 0
    assert said in str(result.exception or "") + result.output


def test_a_file_that_is_not_there_is_said() -> None:
    result = call("estimate", "nowhere.csv")

    assert "nowhere.csv" in str(result.exception or "") + result.output


def test_a_missing_history_counts_nobody(tmp_path: Path) -> None:
    whole = "A,B,C,count\n1,0,0,30\n0,1,0,40\n0,0,1,50\n1,1,0,10\n1,0,1,12\n0,1,1,9\n"
    (one,) = answers(written(tmp_path, whole), "--method", "independence")
    (other,) = answers(written(tmp_path, whole + "1,1,1,0\n"), "--method", "independence")

    assert one == other


def test_strata_are_told_together_and_add_up() -> None:
    found = answers(str(TABLES / "spina_bifida_3lists_stratified.csv"), "--strata", "eth")
    whole, *each = found

    assert (whole["stratum"], whole["method"]) == ("", "territories")
    assert {one["stratum"] for one in each} == {"caucasian", "afro-american", "other"}
    assert sum(one["estimate"] for one in each) == pytest.approx(whole["estimate"])


def test_a_column_that_is_not_there_is_said() -> None:
    result = call("estimate", KOREA, "--strata", "nowhere")

    assert "nowhere" in str(result.exception or "") + result.output


def test_a_report_is_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "rapport.html"
    result = call("report", KOREA, "--out", str(out), "--bootstrap", "100")

    assert result.exit_code == 0, result.output
    page = out.read_text(encoding="utf-8")
    assert page.rstrip().endswith("</html>")
    assert "Non publiable" in page
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.html"]


def test_a_report_that_cannot_be_read_leaves_the_one_before(tmp_path: Path) -> None:
    out = tmp_path / "rapport.html"
    out.write_text("avant", encoding="utf-8")
    result = call("report", written(tmp_path, "A,B\n1,2\n"), "--out", str(out))

    assert result.exit_code != 0
    assert out.read_text(encoding="utf-8") == "avant"


def test_a_design_says_what_to_expect() -> None:
    result = call("design", "--population", "8000", "--rates", "0.1,0.15,0.2", "--json")

    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["study"]["lower"] < 8000 < found["study"]["upper"]


def test_rates_that_are_none_are_refused() -> None:
    for rates in ("0.1,abc", "0.1,1.5"):
        result = call("design", "--population", "8000", "--rates", rates)
        assert result.exit_code != 0
