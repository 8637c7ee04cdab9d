"""One place opens the transaction and says who asks; the code is read to be sure of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import fanal

PACKAGE = Path(fanal.__file__).parent
ASKING = PACKAGE / "ground" / "access" / "asking.py"
# Where a transaction is opened: the acts, and the one place.
ACTS = ("use_cases", "use_cases.py", "drafts.py", "loading.py", "seed.py")
SCREENS = ("views", "views.py", "api.py", "forms", "forms.py", "tasks.py", "reactions.py")


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def written(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_nobody_else_tells_the_database_who_asks() -> None:
    telling = [
        written(path)
        for path, tree in sources()
        if path != ASKING
        and any("set_config" in text or "fanal.agent" in text for text in texts(tree))
    ]
    assert telling == []


def test_no_screen_opens_a_transaction_of_its_own() -> None:
    opening = [
        written(path)
        for path, tree in sources()
        if any(part in SCREENS for part in path.parts)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("atomic", "non_atomic_requests")
    ]
    assert opening == []


def test_no_streamed_answer_escapes_the_transaction() -> None:
    """A body written after the view has returned would speak for nobody."""
    streamed = [
        written(path)
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "StreamingHttpResponse"
    ]
    assert streamed == []


def rooms_that_ask() -> Iterator[tuple[str, ast.Module]]:
    for path, tree in sources():
        if path.name in ("tasks.py", "reactions.py") or "commands" in path.parts:
            yield written(path), tree


def test_no_task_nor_command_reads_case_data_without_saying_who_asks() -> None:
    """They call use cases; one that reads a guarded model itself says for whom it does."""
    silent = []
    for where, tree in rooms_that_ask():
        imported = {
            (node.module or "", alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        reads = any(
            module.startswith("fanal.") and ".models" in module and "agents" not in module
            and "territory" not in module and "deadlines" not in module
            for module, _ in imported
        )  # fmt: skip
        names = {name for _, name in imported}
        if reads and not names & {"acting_as", "acting", "receiving_for"}:
            silent.append(where)
    assert silent == []
