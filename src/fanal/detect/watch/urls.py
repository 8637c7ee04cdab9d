from django.urls import path

from fanal.detect.watch.views import deeds, desk, telling

app_name = "watch"
urlpatterns = [
    path("hebergement/", telling.about, name="about"),
    path("hebergement/ecrire/", telling.tell, name="tell"),
    path("hebergement/suivi/", telling.come_back, name="come_back"),
    path("hebergements/", desk.desk, name="desk"),
    path("hebergements/export.csv", desk.export, name="export"),
    path("hebergements/chiffres/", desk.figures, name="figures"),
    path("hebergements/<uuid:ref>/", desk.show, name="show"),
    path("hebergements/<uuid:ref>/prendre/", deeds.take, name="take"),
    path("hebergements/<uuid:ref>/qualifier/", deeds.qualify, name="qualify"),
    path("hebergements/<uuid:ref>/demander/", deeds.ask, name="ask"),
    path("hebergements/<uuid:ref>/ip/", deeds.concern, name="concern"),
    path("hebergements/<uuid:ref>/clore/", deeds.close, name="close"),
    path("hebergements/<uuid:ref>/annuler/", deeds.undo, name="undo"),
]
