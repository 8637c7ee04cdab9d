from fanal.detect.reports.models.report import Report
from fanal.detect.reports.models.satellites import (
    ReportCopy,
    ReportInformant,
    ReportLetter,
    ReportOutcome,
    ReportStep,
)

__all__ = [
    "Report",
    "ReportCopy",
    "ReportInformant",
    "ReportLetter",
    "ReportOutcome",
    "ReportStep",
]
