from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "people.Minor",
    identity="given_names family_name birth_date name_plain name_keys",
    location="commune address school",
    plain="id ref case_file birth_precision sex",
)
tag_fields(
    "people.Holder",
    identity="name tie",
    contact="contact",
    plain="id case_file",
)
tag_fields("people.Tie", identity="kind", plain="id case_file other")
tag_fields(
    "people.Merge",
    narrative="reason",
    plain="id ref case_file absorbed at agent undone_at undone_by",
)
tag_fields(
    "people.PossibleMatch",
    identity="reasons",
    plain="id case_file other found_at set_aside_at",
)
