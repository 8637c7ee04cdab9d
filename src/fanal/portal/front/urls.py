from django.urls import path, register_converter

from fanal.portal.front import views
from fanal.portal.front.guide import EDITIONS, WHO


class EditionConverter:
    """Neutral words: an address says which text one reads, never about what."""

    regex = "|".join(EDITIONS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class WhoConverter(EditionConverter):
    regex = "|".join(WHO)


register_converter(EditionConverter, "edition")
register_converter(WhoConverter, "who")

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("reperes/<edition:edition>/", views.start, name="start"),
    path("reperes/<edition:edition>/<who:who>/", views.ask, name="ask"),
]
