"""Rules are read whole or refused in French; ours are what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fanal.config.folders import project_folder
from fanal.engines.triage.refusals import Code, UnreadableRules
from fanal.engines.triage.rules import NAMES, Level, folded, read_rules

HEAD = "rises_after = 15\nlongest = 45\n"
RULE = '[[rule]]\nname = "peur"\nclass = "soon"\nreason = "a peur"\nwords = ["peur"]\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_ours_are_read_and_their_version_is_that_of_the_file(tmp_path: Path) -> None:
    ours = read_rules()
    one, other = (read_rules(written(tmp_path, HEAD + RULE + more)) for more in ("", "\n"))

    assert [rule.level for rule in ours.rules] == sorted(rule.level for rule in ours.rules)
    assert one.rules == other.rules
    assert one.version != other.version


def test_the_page_says_every_rule_its_class_and_its_reason() -> None:
    page = (project_folder() / "docs" / "engines" / "triage.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?) \|", page, flags=re.MULTILINE)
    words = {level: name for name, level in NAMES.items()}

    assert rows == [(rule.name, words[rule.level], rule.reason) for rule in read_rules().rules]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("rises_after = ", Code.UNREADABLE, "TOML"),
        (HEAD + 'rule = "x"', Code.UNREADABLE, "[[rule]]"),
        (HEAD + "extra = 1", Code.UNKNOWN_KEY, "extra"),
        ("longest = 45", Code.BAD_WAIT, "rises_after"),
        ("rises_after = 0\nlongest = 45", Code.BAD_WAIT, "rises_after"),
        ("rises_after = true\nlongest = 45", Code.BAD_WAIT, "rises_after"),
        ("rises_after = 50\nlongest = 45", Code.BAD_WAIT, "longest"),
        (HEAD + RULE + RULE, Code.TWICE, "peur"),
        (HEAD + RULE.replace('"peur"', '""', 1), Code.NO_NAME, "nom"),
        (HEAD + RULE.replace('"a peur"', '" "'), Code.NO_REASON, "Règle peur"),
        (HEAD + RULE.replace("soon", "usual"), Code.UNKNOWN_CLASS, "danger, urgent ou soon"),
        (HEAD + RULE.replace('["peur"]', "[]"), Code.NOTHING_TO_LOOK_FOR, "Règle peur"),
        (HEAD + RULE.replace('["peur"]', '["p*r"]'), Code.BAD_WORDS, "p*r"),
        (HEAD + RULE.replace('["peur"]', '"peur"'), Code.BAD_WORDS, "liste"),
        (HEAD + RULE + "score = 3\n", Code.UNKNOWN_KEY, "score"),
    ],
)
def test_a_wrong_rule_is_refused_by_its_name(
    tmp_path: Path, text: str, code: Code, said: str
) -> None:
    with pytest.raises(UnreadableRules) as refused:
        read_rules(written(tmp_path, text))

    assert refused.value.code is code
    assert said in refused.value.message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRules) as refused:
        read_rules(tmp_path / "none.toml")

    assert refused.value.code is Code.UNREADABLE


def test_texts_are_compared_without_accents_signs_and_capitals() -> None:
    assert folded("J’AI   peur… d’eux !") == " j ai peur d eux "
    assert Level.DANGER < Level.URGENT < Level.SOON < Level.USUAL
