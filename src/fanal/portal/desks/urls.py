from django.urls import path

from fanal.portal.desks import views

app_name = "desks"
urlpatterns = [
    path("bureau/", views.home, name="home"),
    path("recherche/", views.search, name="search"),
    path("echeances/<uuid:ref>/", views.clock, name="clock"),
    path("filtres/enregistrer/", views.keep_filter, name="save_filter"),
    path("filtres/<uuid:ref>/effacer/", views.drop_filter, name="drop_filter"),
]
