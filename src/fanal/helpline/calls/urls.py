from django.urls import path

from fanal.helpline.calls.views import backs, desk, log

app_name = "calls"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("file/", desk.queue, name="queue"),
    path("ligne/", desk.my_line, name="line"),
    path("sonner/", desk.ring, name="ring"),
    path("journal/", log.log, name="log"),
    path("journal/export.csv", log.export, name="export"),
    path("rappels/", backs.plan, name="plan"),
    path("rappels/<uuid:ref>/", backs.show, name="back"),
    path("rappels/<uuid:ref>/appeler/", backs.dial, name="dial"),
    path("rappels/<uuid:ref>/fini/", backs.finish, name="finish"),
    path("<uuid:ref>/decrocher/", desk.answer, name="answer"),
    path("<uuid:ref>/terminer/", desk.end, name="end"),
]
