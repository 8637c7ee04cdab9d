from django.urls import path

from fanal.helpline.letters.views import listening, writing

app_name = "letters"
urlpatterns = [
    path("ecrire/", writing.write, name="write"),
    path("inquietude/", writing.worry, name="worry"),
    path("ecrire/reponse/", writing.come_back, name="come_back"),
    path("ecoute/lettres/", listening.desk, name="desk"),
    path("ecoute/lettres/<uuid:ref>/", listening.show, name="show"),
    path("ecoute/lettres/<uuid:ref>/prendre/", listening.take, name="take"),
    path("ecoute/lettres/<uuid:ref>/repondre/", listening.answer, name="answer"),
    path("ecoute/lettres/<uuid:ref>/rendre/", listening.give_back, name="give_back"),
    path("ecoute/lettres/<uuid:ref>/clore/", listening.close, name="close"),
]
