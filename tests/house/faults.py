"""
``make faults``: each seeded fault made in a copy of the tree, and its tests seen to fall.

``--one NAME`` tries one, ``--against TEST`` other tests than its own; ``--sample N`` tries a few,
others at each commit. A whole run that was cut short goes on where it stopped, and writes
docs/faults/<date>.md when all were caught.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from house.seeded import ROOT, Fault, read_faults
from house.trying import FOLDER, NotReady, Trials, Verdict

KEPT = FOLDER / "run.jsonl"
PAGES = ROOT / "docs" / "faults"
WIDTH = 54


def main() -> int:
    asked = _asked()
    faults = read_faults()
    if asked.one:
        chosen = [fault for fault in faults if fault.name in asked.one]
        if len(chosen) != len(set(asked.one)):
            print(f"No fault has one of these names: {', '.join(asked.one)}", file=sys.stderr)
            return 2
    else:
        chosen = _sample(faults, asked.sample) if asked.sample else faults
    if asked.against:
        chosen = [replace(fault, tests=tuple(asked.against)) for fault in chosen]
    whole = chosen == faults
    try:
        verdicts = _tried(chosen, goes_on=whole)
    except NotReady as refusal:
        print(refusal, file=sys.stderr)
        return 2
    missed = [one for one in verdicts if one.state != "caught"]
    print(f"\n{len(verdicts) - len(missed)} of {len(verdicts)} caught", *_told(missed), sep="\n")
    if whole and not missed:
        print(_page(faults, verdicts))
        KEPT.unlink()
    return int(bool(missed))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--against", nargs="+", default=[], metavar="TEST")
    return parser.parse_args()


def _sample(faults: list[Fault], wanted: int) -> list[Fault]:
    """Others at each commit, and always the same for one commit; one of each family in turn."""
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    drawn = sorted(faults, key=lambda fault: sha256((commit + fault.name).encode()).digest())
    families = {fault.family: fault for fault in reversed(drawn)}
    return [fault for fault in drawn if families[fault.family] is fault][:wanted]


def _tried(chosen: list[Fault], *, goes_on: bool) -> list[Verdict]:
    known = _known(chosen) if goes_on else {}
    left = [fault for fault in chosen if fault.digest not in known]
    with Trials() as trials:
        if left:
            print(f"without a fault, their tests pass: {trials.clean(left):.0f} s", flush=True)
        verdicts = []
        for fault in chosen:
            verdict = known.get(fault.digest) or trials.try_one(fault)
            verdicts.append(verdict)
            caught = verdict.why if verdict.state == "caught" else verdict.state.upper()
            print(
                f"{fault.name[:WIDTH]:{WIDTH}} | {fault.family:11} | {caught[:60]:60} | "
                f"{verdict.seconds:5.1f} s",
                flush=True,
            )
            if goes_on and verdict.state == "caught" and fault.digest not in known:
                with KEPT.open("a", encoding="utf-8") as written:
                    written.write(json.dumps({"digest": fault.digest} | asdict(verdict)) + "\n")
    return verdicts


def _known(faults: list[Fault]) -> dict[str, Verdict]:
    """What a run that was cut short has already seen, if the tree is still the same."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    tree = _tree()
    lines = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []
    if not lines or lines[0] != tree:
        KEPT.write_text(f"{tree}\n", encoding="utf-8")
        return {}
    kept = [json.loads(line) for line in lines[1:]]
    digests = {fault.digest for fault in faults}
    return {
        one["digest"]: Verdict(one["name"], one["state"], one["why"], one["seconds"])
        for one in kept
        if one["digest"] in digests
    }


def _tree() -> str:
    """What stands in src and tests, as one word; the list of faults apart."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "src", "tests"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    digest = sha256()
    for one in sorted(set(listed)):
        if one and one != "tests/house/faults.toml" and (ROOT / one).is_file():
            digest.update(one.encode() + sha256((ROOT / one).read_bytes()).digest())
    return digest.hexdigest()


def _told(missed: list[Verdict]) -> list[str]:
    return [f"{one.state}: {one.name} ({one.why})" for one in missed]


def _page(faults: list[Fault], verdicts: list[Verdict]) -> Path:
    """The dated page of a run in which all were caught."""
    PAGES.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    seconds = sorted(one.seconds for one in verdicts)
    lines = [
        f"# Seeded faults, {now:%Y-%m-%d}",
        "",
        f"`make faults`: {len(faults)} faults, each made alone in a copy of the tree; "
        f"{len(verdicts)} caught, 0 survived.",
        f"A try took {seconds[len(seconds) // 2]:.1f} s at the median, {seconds[-1]:.1f} s at "
        f"the most, {sum(seconds):.0f} s in all.",
        "",
        "| family | faults | caught |",
        "|---|---|---|",
        *(
            f"| {family} | {number} | {number} |"
            for family, number in sorted(Counter(fault.family for fault in faults).items())
        ),
        "",
        "| fault | family | caught by | seconds |",
        "|---|---|---|---|",
    ]
    for fault, verdict in zip(faults, verdicts, strict=True):
        tests = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in fault.tests)
        lines.append(f"| {fault.name} | {fault.family} | {tests} | {verdict.seconds:.1f} |")
    page = PAGES / f"{now:%Y-%m-%d}.md"
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return page


if __name__ == "__main__":
    sys.exit(main())
