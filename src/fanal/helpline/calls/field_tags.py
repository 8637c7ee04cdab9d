from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "calls.Call",
    secret="caller",  # noqa: S106
    plain="id ref organisation arrived_at answered_at ended_at dissuaded treated listener",
)
tag_fields("calls.OpenLine", plain="id organisation agent opened_at")
tag_fields(
    "calls.CallBack",
    contact="number",
    narrative="care",
    plain="id ref organisation reason safe_from safe_until asked_at asked_by tries state done_at",
)
