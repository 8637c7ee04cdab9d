"""``make bench-public``: what the public front is worth, on one page."""

from page import Page, measure

PAGE = Page(
    title="The public front",
    command="make bench-public",
    folder="public/measured",
    parts={
        "A search among 20,000 services": ("spaces.py",),
        "Pages that all who come are given": ("shared_pages.py",),
        "Claims": ("claims.py", "public"),
    },
)

if __name__ == "__main__":
    measure(PAGE)
