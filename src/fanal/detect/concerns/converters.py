from fanal.detect.concerns.drafts import NAMES


class StepConverter:
    """One of the five steps of a concern, by its French name."""

    regex = "|".join(NAMES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
