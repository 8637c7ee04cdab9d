"""Show each step and how long it took, on the error output: the other one is for results."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

COUNTED, WIDTH = 500, 72


class Steps:
    """Told what begins, it ends the line of what came before with its duration."""

    def __init__(self) -> None:
        self._since: float | None = None

    def __call__(self, label: str) -> None:
        self.end()
        click.echo(f"{label} …", err=True, nl=False)
        self._since = time.monotonic()

    def count(self, done: int) -> None:
        """Say, now and then, how far a long step is."""
        if done % COUNTED == 0:
            click.echo(f" {done}", err=True, nl=False)

    def note(self, told: str) -> None:
        """Say where a long step is."""
        click.echo(f" {told}", err=True, nl=False)

    def end(self) -> None:
        if self._since is None:
            return
        seconds = f"{time.monotonic() - self._since:.1f}".replace(".", ",")
        click.echo(f" {seconds} s", err=True)
        self._since = None

    def cut(self) -> None:
        """End the line without a duration: the step did not come to its end."""
        if self._since is not None:
            click.echo(err=True)
            self._since = None


@contextmanager
def one_line(*, asked: bool) -> Iterator[Callable[[str], None]]:
    """One line that changes, on a terminal or if it is asked for; nothing otherwise."""
    if not asked and not sys.stderr.isatty():
        yield lambda _: None
        return

    def tell(label: str) -> None:
        click.echo(f"\r{label[:WIDTH]:<{WIDTH}}", err=True, nl=False)

    try:
        yield tell
    finally:
        click.echo(f"\r{'':<{WIDTH}}\r", err=True, nl=False)


@contextmanager
def shown_steps() -> Iterator[Steps]:
    steps = Steps()
    try:
        yield steps
        steps.end()
    finally:
        steps.cut()
