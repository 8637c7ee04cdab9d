from django.urls import path

from fanal.helpline.chats.views import hands, listening, opening, phrases, returning, visiting

app_name = "chats"
urlpatterns = [
    path("parler/", visiting.begin, name="begin"),
    path("parler/suite/", visiting.go_on, name="go_on"),
    path("parler/gestes/", visiting.deed, name="deed"),
    path("parler/revenir/", returning.come_back, name="come_back"),
    path("ecoute/", listening.desk, name="desk"),
    path("ecoute/file/", listening.queue, name="queue"),
    path("ecoute/horaires/", opening.days, name="days"),
    path("ecoute/horaires/<uuid:ref>/retirer/", opening.withdraw, name="withdraw_day"),
    path("ecoute/phrases/", phrases.phrases, name="phrases"),
    path("ecoute/phrases/<uuid:ref>/changer/", phrases.change, name="change_phrase"),
    path("ecoute/phrases/<uuid:ref>/relire/", phrases.review, name="review_phrase"),
    path("ecoute/phrases/<uuid:ref>/retirer/", phrases.retire, name="retire_phrase"),
    path("ecoute/<uuid:ref>/", listening.show, name="show"),
    path("ecoute/<uuid:ref>/prendre/", listening.take, name="take"),
    path("ecoute/<uuid:ref>/repondre/", listening.answer, name="answer"),
    path("ecoute/<uuid:ref>/terminer/", listening.end, name="end"),
    path("ecoute/<uuid:ref>/rendre/", listening.give_back, name="give_back"),
    path("ecoute/<uuid:ref>/place/", listening.move, name="move"),
    path("ecoute/<uuid:ref>/main/", listening.raise_hand, name="raise_hand"),
    path("ecoute/<uuid:ref>/relais/", hands.ask_relay, name="ask_relay"),
    path("ecoute/<uuid:ref>/relais/accepter/", hands.accept_relay, name="accept_relay"),
    path("ecoute/<uuid:ref>/relais/decliner/", hands.decline_relay, name="decline_relay"),
    path("ecoute/<uuid:ref>/relais/retirer/", hands.withdraw_relay, name="withdraw_relay"),
    path("ecoute/<uuid:ref>/moyen/", phrases.propose, name="propose"),
    path("ecoute/<uuid:ref>/lire/", hands.read_along, name="read_along"),
    path("ecoute/<uuid:ref>/ne-plus-lire/", hands.read_no_more, name="read_no_more"),
]
