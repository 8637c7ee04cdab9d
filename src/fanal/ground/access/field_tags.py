from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "access.CaseFile",
    narrative="seal_reason",
    plain="id ref authority opened_at merged_into sealed_at",
)
tag_fields("access.Grant", plain="id case_file agent capacity starts_at ends_at")
# Why somebody is kept out may say who they are to the child.
tag_fields("access.Exclusion", narrative="reason", plain="id case_file agent since")
