from django.urls import path

from fanal.helpline.contacts.views import beside, concerns, exports, figures, reading, records

app_name = "contacts"
urlpatterns = [
    path("", records.contacts, name="list"),
    path("nouvelle/", records.new, name="new"),
    path("relecture/", reading.reading, name="reading"),
    path("retours/", reading.returned, name="returns"),
    path("retours/publication.csv", exports.published_returns, name="published"),
    path("chiffres/", figures.figures, name="figures"),
    path("chiffres/export.csv", exports.counts, name="export"),
    path("conversation/<uuid:talk>/", beside.beside, name="beside"),
    path("conversation/<uuid:talk>/ouvrir/", beside.begin, name="begin"),
    path("ip/<uuid:ref>/relire/", reading.read, name="read"),
    path("ip/<uuid:ref>/ne-pas-envoyer/", concerns.drop, name="drop"),
    path("ip/<uuid:ref>/completer/", concerns.complete, name="complete"),
    path("<uuid:ref>/", records.show, name="show"),
    path("<uuid:ref>/reprendre/", records.take, name="take"),
    path("<uuid:ref>/conclure/", records.conclude, name="conclude"),
    path("<uuid:ref>/clore/", records.close, name="close"),
    path("<uuid:ref>/ip/", concerns.concern, name="concern"),
]
