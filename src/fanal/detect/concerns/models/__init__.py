from fanal.detect.concerns.models.concern import (
    Addition,
    Concern,
    ConcernStep,
    Informant,
    OtherMinor,
)
from fanal.detect.concerns.models.evaluation import Evaluation, Visit
from fanal.detect.concerns.models.submission import Draft, Submission

__all__ = [
    "Addition",
    "Concern",
    "ConcernStep",
    "Draft",
    "Evaluation",
    "Informant",
    "OtherMinor",
    "Submission",
    "Visit",
]
