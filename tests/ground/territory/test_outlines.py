from fanal.ground.territory.loading import read_rows
from fanal.ground.territory.queries import departement_outlines


def test_each_of_the_101_departements_has_its_outline():
    departements = {row["code"] for row in read_rows("departements.csv")}
    outlines = departement_outlines()

    overseas_collectivities = {"975", "977", "978", "986", "987", "988"}
    assert set(outlines.paths) == departements - overseas_collectivities
    assert len(outlines.paths) == 101
    assert outlines.view_box == "0 0 640 710"
    assert all(path.startswith("M") for path in outlines.paths.values())
