from django.urls import path

from fanal.ground.shell import views

app_name = "shell"
urlpatterns = [
    path("quitter/", views.leave, name="leave"),
    path("apparence/", views.choose_appearance, name="appearance"),
    path("coquille/pieces/", views.pieces, name="pieces"),
]
