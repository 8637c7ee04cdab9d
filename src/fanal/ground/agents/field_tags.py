from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "agents.Organisation",
    contact="phone",
    plain="id ref name slug kind authority court departement siret is_demonstration",
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
tag_fields(
    "agents.Posting",
    narrative="withdrawn_reason",
    plain="id agent organisation role since until withdrawn_at withdrawn_by",
)
tag_fields("agents.Absence", plain="id ref agent stand_in since until")
tag_fields(
    "agents.ApiToken",
    secret="digest",  # noqa: S106
    plain="id ref organisation label created_at ends_at revoked_at",
)
# A kept filter may have been made of a name.
tag_fields("agents.SavedFilter", narrative="name query", plain="id ref agent screen")
tag_fields(
    "agents.AgentSession",
    secret="session_key session_data",  # noqa: S106
    plain="expire_date ref agent opened_at seen_at device",
)
tag_fields("agents.TryCounter", secret="key", plain="level at")  # noqa: S106
tag_fields(
    "agents.Invitation",
    secret="digest",  # noqa: S106
    plain="id ref agent kind created_at expires_at accepted_at cancelled_at",
)
tag_fields(
    "agents.TwoPersonRequest",
    narrative="reason",
    plain="id ref kind agent organisation role asked_by asked_at answer answered_by answered_at",
)
