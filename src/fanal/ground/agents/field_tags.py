from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "agents.Organisation",
    contact="phone",
    plain="id ref name slug kind authority court is_demonstration",
)
tag_fields(
    "agents.Agent",
    identity="name",
    contact="email",
    secret="password",  # noqa: S106
    plain=(
        "id ref function last_login is_superuser is_active is_staff is_demonstration groups"
        " user_permissions"
    ),
)
tag_fields("agents.Posting", plain="id agent organisation role since until")
tag_fields("agents.Absence", plain="id ref agent stand_in since until")
tag_fields(
    "agents.ApiToken",
    secret="digest",  # noqa: S106
    plain="id organisation label created_at revoked_at",
)
# A kept filter may have been made of a name.
tag_fields("agents.SavedFilter", narrative="name query", plain="id ref agent screen")
