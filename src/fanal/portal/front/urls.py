from django.urls import path, register_converter

from fanal.portal.front.guide import EDITIONS, WHO
from fanal.portal.front.views import coming, indexing, reviewing, saying


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
    path("", coming.home, name="home"),
    path("reperes/<edition:edition>/", coming.start, name="start"),
    path("reperes/<edition:edition>/<who:who>/", coming.ask, name="ask"),
    path("textes-publics/", reviewing.texts, name="texts"),
    path("reperes/<edition:edition>/discretion/", coming.safe, name="safe"),
    path("discretion/", saying.safety, name="safety"),
    path("plan/", saying.plan, name="plan"),
    path("mentions/", saying.notice, name="notice"),
    path("donnees/", saying.privacy, name="privacy"),
    path("accessibilite/", saying.accessibility, name="accessibility"),
    path("sitemap.xml", indexing.sitemap, name="sitemap"),
    path("robots.txt", indexing.robots, name="robots"),
]
