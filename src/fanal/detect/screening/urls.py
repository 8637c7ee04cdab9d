from django.urls import path

from fanal.detect.screening import views

app_name = "screening"

urlpatterns = [
    path("grille/", views.grid, name="grid"),
]
