from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "measures.Measure",
    location="commune",
    narrative="request_reason kin_note end_reason",
    judicial=(
        "provisional_by provisional_on provisional_heard extended_on prosecutor_opinion_on"
        " seised_on seised_by investigation_on lawyer_asked_on lawyer_named_on hearing_at"
        " summoned_on heard_on child_heard kin_option decided_on tpe_court judge_of_the_place"
        " appealed_on"
    ),
    plain=(
        "id ref case_file situation type nature status basis follows requested_at requested_by"
        " agreed_on agreed_by long_term notified_on starts_on ends_on warned_days ended_on"
    ),
)
tag_fields(
    "measures.MeasureStep",
    narrative="note",
    plain="id case_file measure step on at agent",
)
tag_fields(
    "measures.CareQuestion",
    narrative="text",
    plain="id ref case_file measure sent_on received_on answer answered_on",
)
tag_fields(
    "measures.ExitBan",
    judicial="ordered_by ordered_on seised_on ended_on",
    plain="id ref case_file measure",
)
tag_fields(
    "measures.EmergencyShelter",
    location="commune desk",
    contact="desk_phone",
    narrative="reason parents_exception end_note",
    judicial="court tpe_court prosecutor_informed_at prosecutor_informed_by",
    plain=(
        "id ref case_file situation kind status started_at started_by parents_informed_at"
        " parents_informed_by agreed_on ended_at ended_by"
    ),
)
