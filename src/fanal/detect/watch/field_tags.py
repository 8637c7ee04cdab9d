from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "watch.LodgingAlert",
    location="departement commune address listing place_key listing_key searched",
    narrative="moment danger minor there_now signs words word_waits",
    informant="writer contact",
    # Who has it may be given the receipt again.
    secret="sent content_digest",  # noqa: S106
    plain="id ref receipt source organisation external_ref received_at lodging state decision"
    " result holder taken_at closed_at duplicate_of concern last last_step",
)
tag_fields("watch.AlertWord", narrative="text", plain="id ref alert number side key at")
tag_fields(
    "watch.AlertStep",
    narrative="note",
    plain="id ref alert number kind decision result before undoes by at",
)
tag_fields("watch.AlertCount", location="departement", plain="id month number")
