from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "shifts.Shift", contact="reach", plain="id ref organisation agent post starts_at ends_at"
)
tag_fields(
    "shifts.RosterChange",
    contact="removed",
    plain="id ref organisation by at deed added undone_at",
)
tag_fields("shifts.Presence", plain="id ref organisation agent state since until")
tag_fields("shifts.HardContact", secret="contact", plain="id presence at channel why")  # noqa: S106
tag_fields("shifts.Debrief", plain="id ref presence asked_at slot_at given_by done_at")
