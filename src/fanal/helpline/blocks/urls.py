from django.urls import path

from fanal.helpline.blocks import views

app_name = "blocks"
urlpatterns = [
    path("ecoute/blocages/", views.show_list, name="list"),
    path("ecoute/blocages/nouveau/", views.begin, name="begin"),
    path("ecoute/blocages/<uuid:ref>/confirmer/", views.confirm, name="confirm"),
    path("ecoute/blocages/<uuid:ref>/lever/", views.lift, name="lift"),
]
