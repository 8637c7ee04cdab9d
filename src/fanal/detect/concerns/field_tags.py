from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "concerns.Submission",
    identity="initials match_keys",
    secret="content_digest",  # noqa: S106
    plain="id ref receipt organisation agent external_ref sent_at authority status status_at",
)
tag_fields(
    "concerns.Draft",
    narrative="content",
    plain="id ref agent organisation started_at updated_at",
)
tag_fields(
    "concerns.Concern",
    location="commune missing_now",
    narrative="facts parents_reason proposed_reason reason indicators exploitation",
    plain=(
        "id ref case_file submission origin receipt authority source received_at"
        " immediate_danger child_informed parents_informed grid_version status opened_at"
        " evaluation_due target_due_at proposed proposed_at proposed_by outcome decided_at"
        " decided_by signed_by transferred_to notified_at closed_at"
    ),
)
tag_fields(
    "concerns.Informant",
    informant="kind name function contact",
    plain="id case_file concern",
)
tag_fields(
    "concerns.OtherMinor",
    identity="given_names family_name birth_date tie",
    narrative="findings",
    plain="id ref case_file concern birth_precision sex opened",
)
tag_fields(
    "concerns.Addition",
    informant="agent",
    narrative="text",
    plain="id case_file concern kind at",
)
tag_fields("concerns.ConcernStep", narrative="note", plain="id case_file concern at agent step")
tag_fields(
    "concerns.Evaluation",
    health="health_and_school",
    narrative=(
        "minor_not_met_reason minor_opinion parents_opinion understanding resources"
        " danger_grounds proposal_grounds"
    ),
    plain=(
        "id ref case_file concern lead started_at updated_at minor_met danger proposal submitted_at"
    ),
)
tag_fields(
    "concerns.Visit",
    location="place",
    narrative="met observations",
    plain="id case_file evaluation on agent",
)
