from fanal.ground.privacy.registry import tag_fields

tag_fields(
    "contacts.Contact",
    location="departement",
    narrative="content words",
    plain="id ref organisation channel listener state kind opened_at updated_at closed_at"
    " conversation form_version words_version children groups",
)
tag_fields(
    "contacts.Transmission",
    narrative="note content",
    plain="id ref contact group author prepared_at reading urgent authority reader read_at"
    " submission sent_at opened_at answered_at",
)
tag_fields(
    "contacts.MonthlyCount",
    plain="id organisation month axis value contacts children groups",
)
