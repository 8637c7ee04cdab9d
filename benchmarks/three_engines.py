"""
``make bench-engines``: who is the same, what is the same, who goes where, on one page.

Each figure stands beside its bar and its peer. ``FANAL_DATA`` may name a folder of the files that
published figures speak of; without it, files of the same worlds are drawn.
"""

from page import Page, measure

PAGE = Page(
    title="The three engines",
    command="make bench-engines",
    folder="engines/measured",
    parts={
        "Who is the same": ("linkage.py", "people", "febrl", "search"),
        "What is the same, and digests": ("clustering.py",),
        "Who goes where": ("placement.py",),
        "On Spark": ("spark.py",),
        "A million records": ("linkage.py", "million"),
    },
)

if __name__ == "__main__":
    measure(PAGE)
