from fanal.ground.privacy.registry import tag_fields

# A directory of institutions: no field holds anything of a person. Where a hidden place stands,
# and how to reach it, are said to its keepers alone.
_DESCRIBED = (
    "id ref name kind status description departement audiences minimum_age maximum_age hours"
    " languages sign_language accessible free anonymous source_url source_date verified verified_on"
)
_PLACE = "commune postcode address latitude longitude"
tag_fields(
    "spaces.Service",
    location=_PLACE,
    contact="phone website",
    plain=f"{_DESCRIBED} source_key tier state_number created_at updated_at kept",
)
tag_fields("spaces.PublicService", location=_PLACE, contact="phone website", plain=_DESCRIBED)
