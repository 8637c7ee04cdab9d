from fanal.detect.reports.models.report import Report
from fanal.detect.reports.models.satellites import (
    ReportCopy,
    ReportLetter,
    ReportOutcome,
    ReportStep,
)

__all__ = ["Report", "ReportCopy", "ReportLetter", "ReportOutcome", "ReportStep"]
