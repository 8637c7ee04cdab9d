"""Published figures redone: what agrees, what does not, what cannot be compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fanal.engines.population.refusals import UnreadableTable
from fanal.engines.population.verification import (
    AGREED,
    NOT_COMPARABLE,
    OUTSIDE,
    Row,
    verify_folder,
)

TABLES = Path(__file__).with_name("tables")
CHAINS = "korea_3lists,LCMCR_K10_4x(10k+100k)"
TITLES = "dataset,method,est,lo95,hi95,cpu_s,note"


def verified(folder: Path, *rows: str) -> list[Row]:
    for name in ("korea_3lists", "artificial_3lists", "neworleans_n185_5lists"):
        shutil.copy(TABLES / f"{name}.csv", folder)
    (folder / "reference_r.csv").write_text("\n".join([TITLES, *rows]), encoding="utf-8")
    return verify_folder(folder)


def test_the_published_rows_agree(tmp_path: Path) -> None:
    found = verified(
        tmp_path,
        "korea_3lists,MSE120_step_point,268.78,,,0.006,1 2 3 4 5",
        "korea_3lists,MSE120_bic_point,157.17,,,0.331,[12;23] BIC 57.14 models 6",
        "korea_3lists,MSE120_step_p02_BCa1000,268.78,123.3,433.68,5.137,ahat -0.0288",
        "korea_3lists,dga_bma,161.0,124.0,460.0,0.001,8 graphs",
        "korea_3lists,rcapture_Mt_profileCI,141.08,131.0,155.77,0.038,",
        "korea_3lists,rcapture_MS_bestAIC_maxorder2,157.17,113.75,200.58,0.022,[12;23]",
        f"{CHAINS},138.0,124.0,204.0,2.364,Rhat 1.002 chain medians 137 137 138 139",
        "neworleans_n185_5lists,rcapture_Mth_Darroch,3649.98,633.37,11119.2,0.039,",
    )

    assert [row.verdict for row in found] == [AGREED] * len(found), found


@pytest.mark.parametrize(
    "row",
    [
        "korea_3lists,MSE120_step_point,268.80,,,0.006,",
        "korea_3lists,MSE120_step_p02_BCa1000,268.78,123.3,700.0,5.137,",
        "korea_3lists,dga_bma,161.0,124.0,470.0,0.001,",
        "korea_3lists,rcapture_Mt_profileCI,141.08,131.2,155.77,0.038,",
        f"{CHAINS},150.0,124.0,204.0,2.3,Rhat 1.002 chain medians 150 150 150 150",
    ],
)
def test_a_figure_that_is_not_ours_is_outside(tmp_path: Path, row: str) -> None:
    (found,) = verified(tmp_path, row)

    assert found.verdict == OUTSIDE


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("korea_3lists,rcapture_all_2way,104718747202.58,125.6,552549250380.2,0.1,", "no_estimate"),
        (
            "artificial_3lists,rcapture_MS_bestBIC_maxorder2,13917726213834.5,-1.5e18,1.5e18,0.1,",
            "R",
        ),
        ("korea_3lists,MSE120_bayesthresh_proper,152.89,134.09,201.17,0.1,", "méthode"),
        ("elsewhere,MSE120_step_point,1.0,,,0.1,", "elsewhere.csv"),
        (f"{CHAINS},138.0,124.0,204.0,2.4,Rhat 5.06", "R-hat 5.06"),
    ],
)
def test_what_cannot_be_compared_says_why(tmp_path: Path, row: str, reason: str) -> None:
    (found,) = verified(tmp_path, row)

    assert found.verdict == NOT_COMPARABLE
    assert reason in found.reason


def test_a_folder_without_reference_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTable, match="reference_r"):
        verify_folder(tmp_path)
