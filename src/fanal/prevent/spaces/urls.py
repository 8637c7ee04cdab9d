from django.urls import path

from fanal.prevent.spaces import views

app_name = "spaces"
urlpatterns = [
    path("trouver/", views.find, name="find"),
    path("trouver/carte/", views.on_a_map, name="map"),
    path("lieux/<uuid:ref>/", views.place, name="place"),
]
