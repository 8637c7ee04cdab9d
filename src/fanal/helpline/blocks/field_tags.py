from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "blocks.Block",
    narrative="reason",
    secret="digest",  # noqa: S106
    plain="id ref organisation handle set_by set_at until confirmed_by confirmed_at lifted_by"
    " lifted_at",
)
