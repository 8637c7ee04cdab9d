from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "documents.Document",
    narrative="title pdf",
    plain="id ref case_file kind size sha256 created_at created_by superseded_by",
)
