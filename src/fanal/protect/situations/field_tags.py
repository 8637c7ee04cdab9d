from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "situations.Situation",
    identity="majority_on",
    narrative="reason closing_text",
    plain=(
        "id ref case_file authority status referent ground origin_kind origin_ref received_from"
        " opened_at opened_by accepted_at closing_reason closing_proposed_at closing_proposed_by"
        " closed_at closed_by transferred_to reopened_at majority_asked_at"
    ),
)
tag_fields(
    "situations.Entry",
    location="where",
    narrative="text",
    plain=("id ref case_file situation kind at agent written_at source_kind source_ref corrects"),
)
# The receipt names several minors by their initials.
tag_fields(
    "situations.HandOver",
    identity="receipt",
    narrative="reason",
    plain="id ref authority giver taker decided_by at count receipt_sha256",
)
tag_fields("situations.HandedOver", plain="id hand_over case_file situation")
