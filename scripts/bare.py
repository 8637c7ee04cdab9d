"""
``make run`` and ``make test`` where nothing was installed, with nothing typed between them.

Usage: ``python3 scripts/bare.py [CASE …] [--tests ARGUMENTS]``, as root of a Debian; writes
``docs/bare/<date>.md``. The commit that is tried is HEAD, cloned in each system.
"""

import argparse
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import bare_report
import bare_system

PROJECT = Path(__file__).resolve().parent.parent
# By name: Debian's version, and who types. The ordinary user has no « sudo » at all.
CASES = {
    "trixie": ("trixie", "root"),
    "bookworm": ("bookworm", "root"),
    "ordinary": ("trixie", "visitor"),
}
ABSENT = (
    *("chromium", "chromium-headless-shell", "pdftotext", "node", "npm", "java", "psql"),
    *("pg_ctl", "pip", "pip3", "uv", "virtualenv", "sudo", "gcc", "wget", "curl"),
)
ADDRESS = ("127.0.0.1", 8000)
DEADLINE_SECONDS = 600
COUNTS = re.compile(r"^.*\d+ (?:passed|failed|error).* in .*$", re.MULTILINE)
TO_TYPE = re.compile(r"sudo (apt install .*)$", re.MULTILINE)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--tests", default="", help="PYTEST_ARGS of « make test », else its own")
    parser.add_argument("--within", nargs=2, metavar=("BELOW", "ABOVE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.within:
        tried(asked.cases[0], *map(Path, asked.within), tests=asked.tests)
        return
    names = asked.cases or list(CASES)
    if not set(names) <= set(CASES):
        parser.error(f"les systèmes sont {', '.join(CASES)}")
    if os.geteuid() != 0:
        sys.exit("Un système nu se fait en administrateur : sudo make bare")
    if is_taken():
        sys.exit(f"Le port {ADDRESS[1]} sert déjà : arrêtez ce qui l'occupe.")
    measured = [try_case(name, tests=asked.tests) for name in names]
    path = bare_report.write(
        measured, tests=asked.tests, commit=commit(), day=datetime.now(tz=UTC).date()
    )
    sys.stdout.write(f"{path.relative_to(PROJECT)}\n")
    sys.exit(any(one["failed"] for one in measured))


def try_case(name, *, tests):
    """Measured in namespaces of its own: what it starts ends with it."""
    below = bare_system.made(CASES[name][0])
    with tempfile.TemporaryDirectory(dir=bare_system.KEPT, prefix=f"trial-{name}-") as folder:
        alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
        command = [*alone, sys.executable, __file__, name, "--within", below, folder]
        if subprocess.run([*command, f"--tests={tests}"], check=False).returncode != 0:
            sys.exit(f"{name} : rien n'a été mesuré.")
        return json.loads((Path(folder) / "measured.json").read_text(encoding="utf-8"))


def tried(name, below, above, *, tests):
    suite, user = CASES[name]
    system = bare_system.BareSystem(below, above, user=user)
    journal = bare_system.KEPT / f"{name}.log"
    present = system.run(f"for name in {' '.join(ABSENT)}; do command -v $name || true; done")
    if present:
        sys.exit(f"Ce système n'est pas nu : {present}")
    clone(system, above)
    with journal.open("w", encoding="utf-8") as log:
        found = {"case": name, "suite": suite, "user": user, "typed": "", "failed": False}
        found["python"] = system.run("python3 --version").removeprefix("Python ")
        if user != "root":
            found |= refused(system)
        say(name, "premier « make run »")
        found["first"] = serve(system, log)
        found["megabytes"] = int(system.run("du -sm fanal/.venv").split()[0])
        say(name, f"{found['first']:.1f} s, {found['megabytes']} Mo ; second « make run »")
        found["second"] = serve(system, log)
        say(name, f"{found['second']:.1f} s ; « make test »")
        found |= run_tests(system, log, tests)
        say(name, f"{found['tests']:.0f} s : {found['counts']}")
    found["browser"] = system.run("cat fanal/.venv/browser || true").replace(str(system.home), "~")
    (above / "measured.json").write_text(json.dumps(found), encoding="utf-8")


def clone(system, above):
    bundle = above / "fanal.bundle"
    git = ["git", "-c", "safe.directory=*", "-C", PROJECT]
    subprocess.run([*git, "bundle", "create", "-q", bundle, "HEAD"], check=True)
    system.put(bundle, system.home / "fanal.bundle")
    system.run("git clone -q fanal.bundle fanal 2>/dev/null && rm fanal.bundle")


def refused(system):
    """Who may install nothing is told the line at once; the administrator then types it."""
    since = time.monotonic()
    done = subprocess.run(
        system.command("make -C fanal test"), check=False, capture_output=True, text=True
    )
    line = TO_TYPE.search(done.stderr)
    if line is None:
        sys.exit(f"Rien ne dit ce qui manque : {done.stdout}{done.stderr}")
    refused_in = time.monotonic() - since
    system.run("apt-get update -q", user="root")
    typed = line[1].replace("apt install", "apt-get install -y --no-install-recommends")
    system.run(typed, user="root")
    return {"typed": line[1], "refused": refused_in}


def serve(system, log):
    """Seconds to the first page, from nothing to an answer; then Ctrl-C."""
    since = time.monotonic()
    serving = subprocess.Popen(
        system.command("cd fanal && exec make run"),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    while not answers():
        if serving.poll() is not None or time.monotonic() - since > DEADLINE_SECONDS:
            sys.exit(f"« make run » ne sert rien : voir {log.name}")
        time.sleep(0.05)
    seconds = time.monotonic() - since
    os.killpg(serving.pid, signal.SIGINT)
    if serving.wait(timeout=DEADLINE_SECONDS) not in (0, -signal.SIGINT):
        sys.exit(f"« make run » s'est mal arrêté : voir {log.name}")
    return seconds


def run_tests(system, log, tests):
    given = f" PYTEST_ARGS='{tests}'" if tests else ""
    since, begun = time.monotonic(), log.tell()
    done = subprocess.run(
        system.command(f"make -C fanal test{given}"), check=False, stdout=log, stderr=log
    )
    seconds = time.monotonic() - since
    told = Path(log.name).read_text(encoding="utf-8")[begun:]
    counts = COUNTS.findall(told)
    return {
        "tests": seconds,
        "counts": counts[-1].strip("= ") if counts else "rien n'a été essayé",
        "failed": done.returncode != 0,
    }


def answers():
    asked = http.client.HTTPConnection(*ADDRESS, timeout=5)
    try:
        asked.request("GET", "/")
        return asked.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def is_taken():
    with socket.socket() as tried_one:
        return tried_one.connect_ex(ADDRESS) == 0


def commit():
    asked = ["git", "-C", PROJECT, "log", "-1", "--format=%h, %cs"]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def say(name, words):
    sys.stderr.write(f"{name} : {words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
