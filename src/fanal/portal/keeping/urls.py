from django.urls import path

from fanal.portal.keeping import views

app_name = "keeping"
urlpatterns = [
    path("", views.due, name="due"),
    path("export/", views.export, name="export"),
    path("passages/", views.runs, name="runs"),
    path("durees/", views.periods, name="periods"),
    path("suspendre/", views.hold, name="hold"),
    path("suspensions/<uuid:ref>/lever/", views.lift, name="lift"),
]
