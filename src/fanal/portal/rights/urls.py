from django.urls import path

from fanal.portal.rights import views

app_name = "rights"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("nouvelle/", views.new, name="new"),
    path("a-preparer/", views.to_prepare, name="to_prepare"),
    path("<uuid:ref>/", views.show, name="show"),
    path("<uuid:ref>/identite/", views.identity, name="identity"),
    path("<uuid:ref>/prolonger/", views.extend, name="extend"),
    path("<uuid:ref>/preparer/", views.prepare, name="prepare"),
    path("<uuid:ref>/rectifier/", views.correct, name="correct"),
    path("<uuid:ref>/repondre/", views.answer, name="answer"),
    path("<uuid:ref>/refuser/", views.refuse, name="refuse"),
    path("<uuid:ref>/lettre/", views.letter, name="letter"),
]
