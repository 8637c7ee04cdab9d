from fanal.ground.privacy.registry import tag_fields

tag_fields("schema.AppliedFile", plain="path digest applied_at")
