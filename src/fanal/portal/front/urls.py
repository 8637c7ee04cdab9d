from django.urls import path

from fanal.portal.front import views

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
]
