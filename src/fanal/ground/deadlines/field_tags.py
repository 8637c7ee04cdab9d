from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "deadlines.DeadlineRule",
    plain=(
        "id code label article tag start_event amount unit counting moves_to_working_day"
        " owner_role alarms valid_from valid_to note digest"
    ),
)
tag_fields(
    "deadlines.RuleOverride",
    plain="id authority code amount unit alarms article reason valid_from valid_to",
)
tag_fields(
    "deadlines.Clock",
    narrative="why",
    plain=(
        "id ref case_file rule rule_snapshot subject_kind subject_ref starts_at due_on due_at"
        " owner stopped_at outcome"
    ),
)
tag_fields("deadlines.Alarm", plain="id clock at kind sounded_at")
