"""Of the room below, which imports nothing from here: places that everybody may know."""

from fanal.ground.privacy.registry import tag_fields

tag_fields("territory.Departement", plain="code name")
tag_fields(
    "territory.ChildWelfareAuthority",
    plain="code name kind departement_codes timezone basis note",
)
tag_fields(
    "territory.Court",
    plain=(
        "code name kind commune_code commune_name departement appeal_court appeal_court_kind"
        " has_tpe tpe_court jirs"
    ),
)
tag_fields(
    "territory.Commune",
    plain=(
        "code name former_name sort_name search_names departement status parent authority court"
        " tpe_court population postcodes latitude longitude"
    ),
)
tag_fields("territory.FormerCode", plain="code commune")
tag_fields("territory.ReferenceLoad", plain="name digest loaded_at")
