from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "retention.Hold",
    narrative="reason lift_reason",
    plain="id ref case_file authority placed_at placed_by lifted_at lifted_by",
)
tag_fields("retention.Archived", plain="id case_file at rule")
tag_fields("retention.Erasure", plain="id ref at thing thing_ref rule then authority_code")
tag_fields("retention.KeptCount", plain="id thing authority_code year then count")
tag_fields("retention.RetentionRun", plain="id ref at authority_code done held failed")
