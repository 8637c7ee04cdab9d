from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "traces.AccessCode",
    secret="digest",  # noqa: S106
    plain="id ref case_file given_by given_at expires_at used_at revoked_at",
)
