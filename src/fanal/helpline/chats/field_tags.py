from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "chats.Conversation",
    location="departement",
    narrative="minor topic in_danger level reasons",
    secret="key_digest",  # noqa: S106
    plain="id ref organisation state opened_at taken_at ended_at ended_by rules listener"
    " visitor_seen_at listener_seen_at listener_lost_at hand_raised_at last hidden_to coded_at"
    " returned_at asked_for",
)
tag_fields("chats.Message", narrative="text", plain="id conversation number side key at")
tag_fields("chats.Desk", plain="id agent seen_at")
tag_fields("chats.Move", narrative="why words", plain="id conversation other before by at")
tag_fields(
    "chats.Transfer",
    narrative="summary agreed",
    plain="id ref conversation asked_by to state asked_at answered_at answered_by",
)
tag_fields("chats.Reading", plain="id conversation agent since until")
tag_fields(
    "chats.Phrase",
    plain="id ref organisation root version title text state written_by written_at reviewed_by"
    " reviewed_at",
)
tag_fields("chats.Proposal", narrative="way", plain="id conversation by at")
tag_fields("chats.ChatHours", plain="id ref organisation day hours reason by at")
