"""What goes wrong is one French line on the error output."""

import click
import pytest

from fanal.config.commands.contents import Contents
from fanal.config.commands.refusals import INTERRUPTED, REFUSED, run
from fanal.ground.errors import Refusal


def _run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["fanal", *words])
    monkeypatch.setattr("fanal.config.commands.refusals.heed_interruptions", lambda: None)
    with pytest.raises(SystemExit) as ended:
        run(Contents(name="fanal"))
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "La commande « nothing » n'existe pas."),
        (["up", "--nothing"], "L'option « --nothing » n'existe pas."),
        (["up", "--port", "many"], "La valeur donnée à l'option --port ne convient pas."),
        (["up", "--port"], "La commande n'est pas comprise."),
        (["tokens", "create"], "Il manque l'argument ORGANISATION."),
        (["tokens", "create", "one", "two"], "La commande n'est pas comprise."),
        (["concerns", "import", "/no/such/file"], "il n'existe pas"),
        (["concerns", "import", "/"], "c'est un dossier"),
        (["demo", "--reset"], "ajoutez --yes"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_is_one_french_line_and_code_2(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    assert _run(monkeypatch, *words) == REFUSED

    output = capsys.readouterr()
    assert said in output.err
    assert len(output.err.splitlines()) == 1
    assert output.out == ""


def test_no_command_at_all_shows_the_contents(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch) == 0

    assert "fanal up" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("raised", "code"), [(Refusal("Non."), REFUSED), (KeyboardInterrupt(), INTERRUPTED)]
)
def test_a_refusal_and_an_interruption_have_their_own_codes(
    monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int
) -> None:
    @click.command()
    def failing() -> None:
        raise raised

    monkeypatch.setattr("sys.argv", ["failing"])
    monkeypatch.setattr("fanal.config.commands.refusals.heed_interruptions", lambda: None)

    with pytest.raises(SystemExit) as ended:
        run(failing)

    assert ended.value.code == code
