"""What the browser may do on our pages: almost nothing, and one page may ask for one thing more."""

from __future__ import annotations

HEADER = "Permissions-Policy"
# Nothing here films, listens, locates or pays: an injected script may not either.
UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *("encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection"),
    *("magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock"),
    *("serial", "usb", "xr-spatial-tracking"),
)
# A security key answers to this site alone.
OURS = ("publickey-credentials-create", "publickey-credentials-get")


def permissions_policy(*allowed: str) -> str:
    """
    The header of a page; ``allowed`` are its own, on top of those of every page.

    >>> "geolocation=()" in permissions_policy()
    True
    >>> "geolocation=(self)" in permissions_policy("geolocation")
    True
    """
    granted = {*OURS, *allowed}
    return ", ".join(f"{feature}={'(self)' if feature in granted else '()'}" for feature in UNUSED)
