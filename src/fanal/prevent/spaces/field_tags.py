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
    location=f"{_PLACE} shown_latitude shown_longitude",
    contact="phone website",
    plain=f"{_DESCRIBED} source_key tier state_number created_at updated_at kept",
)
tag_fields("spaces.PublicService", location=_PLACE, contact="phone website", plain=_DESCRIBED)
# An address may bear somebody's name.
tag_fields("spaces.Mailbox", contact="email", plain="id service kept_at kept_by bounced_on")
tag_fields(
    "spaces.ConfirmationRequest",
    # It is what the link signs.
    secret="ref",  # noqa: S106
    plain="id service asked_at asked_by expires_at sent_at used_at revoked_at",
)
tag_fields(
    "spaces.Amendment",
    contact="value former",
    plain="id ref service request kind field made_at state settled_at settled_by",
)
tag_fields(
    "spaces.Doubt",
    secret="key",  # noqa: S106
    plain="id ref service source raised_on settled_at settled_by",
)
tag_fields(
    "spaces.ProfessionalService",
    location=_PLACE,
    contact="phone website",
    plain=f"{_DESCRIBED} tier",
)
tag_fields("spaces.PublicChange", plain="service changed_at")
