from django.urls import path

from fanal.ground.agents import views

app_name = "agents"
urlpatterns = [
    path("connexion/", views.login, name="login"),
    path("connexion/demonstration/<uuid:ref>/", views.demonstrate, name="demonstrate"),
    path("deconnexion/", views.logout, name="logout"),
]
