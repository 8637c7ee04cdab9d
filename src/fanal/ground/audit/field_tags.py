from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "audit.Trace",
    narrative="detail",
    plain=(
        "id at agent organisation deed outcome subject_kind subject_ref case_file_ref"
        " authority_code"
    ),
)
tag_fields("audit.RefusalTally", plain="id deed said hour counted")
