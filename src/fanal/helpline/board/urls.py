from django.urls import path

from fanal.helpline.board import views

app_name = "board"
urlpatterns = [
    path("", views.live, name="live"),
    path("maintenant/", views.instant, name="now"),
    path("prevision/", views.forecast, name="forecast"),
]
