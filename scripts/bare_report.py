"""What was measured on bare systems, written for who decides."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "bare"
SUITES = {"trixie": "Debian 13", "bookworm": "Debian 12"}
TARGETS = {"first": 60, "second": 5, "megabytes": 350}


def write(measured, *, tests, commit, day):
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{day.isoformat()}.md"
    path.write_text("\n".join(lines(measured, tests=tests, commit=commit, day=day)) + "\n")
    return path


def lines(measured, *, tests, commit, day):
    yield f"# Les deux commandes sur un système nu, le {day:%d/%m/%Y}"
    yield ""
    yield f"Commit {commit}. Écrit par `make bare`, sur la machine qui l'a lancé."
    yield ""
    yield (
        "Chaque système ne contient que le `python3` de Debian, git et make : ni Chromium, ni "
        "poppler, ni node, ni npm, ni PostgreSQL, ni Java, ni pip, ni compilateur, ni cache. Le "
        "dépôt y est cloné, `make run` servi deux fois, puis `make test` lancé ; rien n'est tapé "
        "entre eux."
    )
    yield ""
    yield "| | " + " | ".join(_title(one) for one in measured) + " |"
    yield "|---" * (len(measured) + 1) + "|"
    for label, shown in ROWS:
        yield f"| {label} | " + " | ".join(shown(one) for one in measured) + " |"
    if tests:
        yield ""
        yield f"`make test` n'a lancé ici qu'un choix : `{tests}`."
    for one in measured:
        if one["typed"]:
            yield ""
            yield (
                f"{_title(one)} : sans droit d'installer, la première commande s'arrête en "
                f"{_number(one['refused'])} s et dit la ligne à taper, `{one['typed']}`. Tapée par "
                "un administrateur, elle suffit à tout ce qui suit."
            )


def _title(one):
    who = "administrateur" if one["user"] == "root" else "sans droit d'installer"
    return f"{SUITES[one['suite']]}, {who}"


def _number(value):
    return f"{value:.1f}".replace(".", ",")


def _against(name, unit):
    def shown(one):
        missed = "" if one[name] <= TARGETS[name] else ", **manqué**"
        value = one[name] if name == "megabytes" else _number(one[name])
        return f"{value} {unit} (au plus {TARGETS[name]}{missed})"

    return shown


ROWS = (
    ("Python", lambda one: one["python"]),
    ("d'un clone à la première page, caches vides", _against("first", "s")),
    ("second `make run`, jusqu'à la première page", _against("second", "s")),
    ("environnement de `make run`", _against("megabytes", "Mo")),
    ("navigateur des essais", lambda one: f"`{one['browser']}`"),
    ("`make test`, installation comprise", lambda one: f"{_number(one['tests'])} s"),
    ("ce qu'il dit", lambda one: one["counts"] + (" — **échec**" if one["failed"] else "")),
)
