"""A range as one says it: rounded outwards, so that rounding never promises more."""

from __future__ import annotations

STEPS = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120)
HOUR = 60
UNKNOWN = "On ne sait pas dire combien de temps il faudra attendre."
CLOSES = "Il n’y aura peut-être pas de réponse avant la fermeture."


def wait_said(low: float | None, high: float | None) -> str:
    """
    >>> wait_said(3.2, 17.0)
    'Entre 3 et 20 minutes d’attente.'
    >>> wait_said(0.0, 0.4)
    'Une minute d’attente au plus.'
    >>> wait_said(0.0, 50.0)
    'Moins d’une heure d’attente.'

    ``None``: beyond what can be said, or not before it closes.
    """
    if low is None:
        return CLOSES
    least = max((step for step in (0, *STEPS) if step <= low), default=0)
    most = next((step for step in STEPS if high is not None and step >= high), None)
    if most is None:
        return f"Plus {_of(least)} d’attente." if least else UNKNOWN
    if most == 1:
        return "Une minute d’attente au plus."
    if least == 0:
        return f"Moins {_of(most)} d’attente."
    if most >= HOUR:
        return f"Entre {_minutes(least)} et {_minutes(most)} d’attente."
    return f"Entre {least} et {_minutes(most)} d’attente."


def _minutes(minutes: int) -> str:
    hours = {60: "une heure", 90: "une heure et demie", 120: "deux heures"}
    return hours.get(minutes) or f"{minutes} minute{'s' if minutes > 1 else ''}"


def _of(minutes: int) -> str:
    said = _minutes(minutes)
    return f"d’{said}" if said.startswith("u") else f"de {said}"
