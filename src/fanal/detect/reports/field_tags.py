from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "reports.Report",
    identity="identity",
    location="commune",
    narrative="facts danger minor_words measures request parents_reason grounds exploitation",
    judicial=(
        "court tpe_court acknowledged_at informed_back_at parents_allowed_at parents_told_at"
    ),
    plain=(
        "id ref number case_file concern authority urgent parents_informed"
        " parents_may_be_involved status drafted_at drafted_by updated_at saved_from sent_at"
        " sent_by closed_at"
    ),
)
tag_fields("reports.ReportCopy", narrative="label", plain="id case_file report kind")
# The letter that left says who alerted.
tag_fields("reports.ReportLetter", informant="pdf", plain="case_file report document")
tag_fields("reports.ReportInformant", informant="name function contact", plain="case_file report")
tag_fields(
    "reports.ReportOutcome",
    judicial="kind on note told_by",
    plain="id case_file report recorded_at agent",
)
tag_fields("reports.ReportStep", narrative="note", plain="id case_file report at agent step")
