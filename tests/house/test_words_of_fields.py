"""Words that upper rooms add to, kept by a lower room's table: a new one asks for no migration."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField

ADDED_TO_FROM_ABOVE = [
    ("agents.Organisation", "kind"),
    ("agents.Posting", "role"),
    ("agents.TwoPersonRequest", "role"),
    ("deadlines.DeadlineRule", "owner_role"),
    ("access.Grant", "capacity"),
    ("access.AccessStep", "kind"),
    ("access.DisclosureRecord", "ground"),
    ("access.DisclosureRecord", "fields"),
    ("codes.ReturnCode", "kind"),
    ("documents.Document", "kind"),
    ("spaces.Doubt", "source"),
    ("concerns.Concern", "source"),
    ("concerns.Informant", "kind"),
    ("shifts.HardContact", "channel"),
    ("letters.Letter", "source"),
    ("situations.Situation", "origin_kind"),
    ("situations.Entry", "source_kind"),
]


@pytest.mark.parametrize(("model", "name"), ADDED_TO_FROM_ABOVE)
def test_a_migration_names_where_the_words_are_and_not_the_words(model: str, name: str) -> None:
    field = apps.get_model(model)._meta.get_field(name)
    field = field.base_field if isinstance(field, ArrayField) else field

    assert callable(field.deconstruct()[3]["choices"])
    assert len(list(field.choices)) > 1
