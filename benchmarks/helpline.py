"""``make bench-helpline``: what the helpline is worth, on one page."""

from page import Page, measure

PAGE = Page(
    title="The helpline",
    command="make bench-helpline",
    folder="helpline/measured",
    parts={
        "Live, 2,400 connections and a server killed": ("live.py",),
        "Claims": ("claims.py", "helpline"),
        "Hours": ("hours.py",),
        "Return codes": ("codes.py",),
        "Waits": ("waiting.py",),
    },
)

if __name__ == "__main__":
    measure(PAGE)
