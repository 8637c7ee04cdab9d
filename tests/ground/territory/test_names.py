from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.territory.names import name_key, search_key


def test_names_are_sorted_as_in_a_french_directory():
    names = [
        "Zuydcoote",
        "Écouen",
        "Ecquevilly",
        "L'Haÿ-les-Roses",
        "Œuilly",
        "Offroy",
        "Île-d'Aix",
    ]

    assert sorted(names, key=name_key) == [
        "Écouen",
        "Ecquevilly",
        "Île-d'Aix",
        "L'Haÿ-les-Roses",
        "Œuilly",
        "Offroy",
        "Zuydcoote",
    ]


@given(st.text())
def test_a_key_is_only_small_letters_figures_and_single_spaces(text):
    key = name_key(text)

    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert "  " not in key
    assert key == key.strip()


@given(st.text())
def test_the_key_of_a_key_is_itself(text):
    assert name_key(name_key(text)) == name_key(text)
    assert search_key(search_key(text)) == search_key(text)


def test_saint_is_often_shortened():
    assert search_key("St-Denis") == search_key("Saint-Denis")
    assert search_key("Ste Foy") == "sainte foy"
    assert search_key("Stains") == "stains"
