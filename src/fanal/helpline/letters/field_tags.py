from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "letters.Letter",
    location="departement",
    narrative="writer topic in_danger level reasons",
    contact="contact safe_when",
    # Who has it may be given the code again.
    secret="sent",  # noqa: S106
    plain="id ref organisation source state rules way received_at due_at limit_at late_told_at"
    " limit_told_at listener taken_at answered_at closed_at last",
)
tag_fields("letters.LetterText", narrative="text", plain="id ref letter number side way key at")
