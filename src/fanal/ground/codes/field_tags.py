from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "codes.ReturnCode",
    secret="tag secret duress",  # noqa: S106
    narrative="forced_before",
    plain="id ref kind opens issued_at expires_at",
)
# That somebody was forced is told to whoever listens to them, and to nobody else.
tag_fields("codes.TagTry", secret="tag", narrative="forced_at", plain="level at wrong")  # noqa: S106
