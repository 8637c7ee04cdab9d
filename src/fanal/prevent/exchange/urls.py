from django.urls import path

from fanal.prevent.exchange.views import moderating, publishing, reading

app_name = "exchange"
urlpatterns = [
    path("questions/", reading.answers, name="answers"),
    path("questions/poser/", reading.ask, name="ask"),
    path("questions/reponse/", reading.come_back, name="come_back"),
    path("questions/<uuid:ref>/", reading.entry, name="entry"),
    path("moderation/", moderating.desk, name="desk"),
    path("moderation/<uuid:ref>/", moderating.show, name="show"),
    path("moderation/<uuid:ref>/repondre/", moderating.answer, name="answer"),
    path("moderation/<uuid:ref>/ecarter/", moderating.set_aside, name="set_aside"),
    path("moderation/<uuid:ref>/danger/", moderating.danger, name="danger"),
    path("moderation/<uuid:ref>/reecrire/", moderating.propose, name="propose"),
    path("moderation/textes/<uuid:ref>/", publishing.show, name="text"),
    path("moderation/textes/<uuid:ref>/modifier/", publishing.rewrite, name="rewrite"),
    path("moderation/textes/<uuid:ref>/publier/", publishing.publish, name="publish"),
    path("moderation/textes/<uuid:ref>/retirer/", publishing.withdraw, name="withdraw"),
]
