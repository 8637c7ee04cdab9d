"""
Compile the loops of the engines once, before anybody waits for them.

Usage: ``.venv/bin/python scripts/compile_kernels.py``; Numba keeps what it compiles beside each
module of ``kernels``. Small examples of every command that needs them are run, two at a time.
"""

import csv
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click
from click.testing import CliRunner

from fanal.config.commands.contents import Contents

CAPTURES = Path("docs/engines/examples/captures.csv")
ESTIMATES = ("average", "stepwise", "bic", "aic", "dga")


def main() -> None:
    begun = time.monotonic()
    click.echo("Moteurs …", nl=False)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2) as pool:
        files = written(Path(folder))
        failed = [said for said in pool.map(run, orders(files)) if said]
    click.echo(f" {time.monotonic() - begun:.1f} s".replace(".", ","))
    if failed:
        sys.exit("\n".join(failed))


def orders(files: dict[str, Path]) -> list[list[str]]:
    """Commands, the longest to compile first."""
    out = str(files["people"].with_name("out.csv"))
    people = ["linkage", "dedupe", str(files["people"]), "--out", out]
    texts = ["clustering", "run", str(files["texts"]), "--out", f"{out}2", "--json"]
    known = ["digests", "match", str(files["digests"]), "--against", str(files["digests"])]
    estimates = [["population", "estimate", str(CAPTURES), "--method", one] for one in ESTIMATES]
    return [people, texts, *estimates, [*known, "--out", f"{out}3"]]


def written(folder: Path) -> dict[str, Path]:
    files = {name: folder / f"{name}.csv" for name in ("people", "texts", "digests")}
    titles = ("rec_id", "prenom", "nom", "alias", "date_naissance", "telephone", "commune")
    cells = ("Zélie", "Tournebise", "zeze", "2010-05-31", "0639981212", "Lens")
    rows = [(f"r{place}", *cells) for place in range(3)]
    with files["people"].open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([titles, *rows])
    texts = [(f"t{place}", "Table en chêne, très bon état, 06 39 98 12 12") for place in range(3)]
    with files["texts"].open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("id", "text"), *texts])
    files["digests"].write_text(f"{'0' * 64}\n{'f' * 64}\n", encoding="utf-8")
    return files


def run(order: list[str]) -> str:
    """Nothing when it went well."""
    result = CliRunner().invoke(Contents(name="fanal"), order)
    return "" if result.exit_code == 0 else f"fanal {' '.join(order)} : {result.output}"


if __name__ == "__main__":
    os.environ.setdefault("NUMBA_NUM_THREADS", "1")
    main()
