from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "exchange.Question",
    location="departement",
    narrative="writer level reasons text answer",
    # Who has it may be given the code again.
    secret="sent",  # noqa: S106
    plain="id ref organisation state received_at settled_by settled_at answered_at",
)
# Rewritten for everybody to read.
tag_fields(
    "exchange.PublicAnswer",
    plain="id ref organisation about state title question answer words written_by written_at"
    " reviewed_by reviewed_at",
)
tag_fields("exchange.PublishedAnswer", plain="id ref title question answer words reviewed_at")
