from fanal.ground.privacy.registry import tag_fields

# Who reviewed a public text is named under it, by their own wish.
tag_fields("front.GuideReview", plain="id edition digest reviewer is_open reviewed_at")
