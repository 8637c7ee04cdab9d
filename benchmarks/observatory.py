"""``make bench-observatory``: what the two engines of the observatory are worth, on one page."""

from page import Page, measure

PAGE = Page(
    title="The two engines of the observatory",
    command="make bench-observatory",
    folder="observatory",
    parts={
        "Estimates": ("estimates.py",),
        "Artificial populations": ("populations.py",),
        "Hidden cells": ("suppression.py",),
        "Releases": ("releases.py",),
    },
    markdown=frozenset({"Estimates"}),
)

if __name__ == "__main__":
    measure(PAGE)
