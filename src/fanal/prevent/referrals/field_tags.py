from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "referrals.Participation",
    plain="id ref service organisation since until paused welcome",
)
tag_fields(
    "referrals.Opening",
    plain="id ref participation weekday day starts ends walk_in seats since until",
)
tag_fields("referrals.ClosedDay", plain="id participation day")
tag_fields(
    "referrals.Booking",
    narrative="audience need note",
    # Who has it may be given the code again.
    secret="sent",  # noqa: S106
    plain="id ref participation opening day seat number state reason elsewhere referred_by"
    " booked_at settled_at reminded",
)
tag_fields("referrals.Reach", plain="id participation departement month audience seen")
