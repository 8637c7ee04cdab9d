from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "access.CaseFile",
    narrative="seal_reason",
    plain="id ref authority opened_at merged_into sealed_at seal_yields",
)
tag_fields("access.Grant", plain="id case_file agent capacity starts_at ends_at")
# Why somebody is kept out may say who they are to the child.
tag_fields("access.Exclusion", narrative="reason", plain="id ref case_file agent kind since")
tag_fields("access.AccessStep", narrative="reason", plain="id case_file kind agent about at")
# What left a file is kept as one text: it may hold any of the others.
tag_fields(
    "access.DisclosureRecord",
    narrative="purpose package exemption_reason reply",
    plain="id ref case_file file_ref authority shared_by shared_with ground fields"
    " informed_parents informed_child at expires_at received_at returned_at withdrawn_at",
)
tag_fields(
    "access.BreakGlass",
    narrative="reason danger review_reason",
    plain="id ref case_file file_ref authority agent opened_at ends_at review_due_at"
    " reviewed_at reviewed_by verdict",
)
