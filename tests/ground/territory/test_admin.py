"""Reference data can be looked at, and not changed, by whoever reaches the admin."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from fanal.ground.territory.models import ChildWelfareAuthority, Commune, Court, ReferenceLoad


@pytest.mark.parametrize("model", [ChildWelfareAuthority, Commune, Court, ReferenceLoad])
def test_reference_data_is_read_only(model):
    request = RequestFactory().get("/")
    registered = admin.site.get_model_admin(model)

    assert not registered.has_add_permission(request)
    assert not registered.has_change_permission(request)
    assert not registered.has_delete_permission(request)
