from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "notifications.Notification",
    narrative="text",
    plain="id ref agent path urgent created_at read_at",
)
