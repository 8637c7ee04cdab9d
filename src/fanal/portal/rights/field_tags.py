from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "rights.RightsRequest",
    identity="asker_name",
    contact="asker_contact",
    narrative="wish extension_reason given refusal_reason letter identity_check",
    plain=(
        "id ref authority file_ref kind asker way received_on recorded_at recorded_by status"
        " due_on why_due withheld answered_at"
    ),
)
tag_fields("rights.RightsStep", plain="id request at agent step")
tag_fields(
    "rights.Correction",
    identity="former corrected",
    plain="id case_file request field at agent",
)
