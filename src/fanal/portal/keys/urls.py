from django.urls import path

from fanal.portal.keys import views

app_name = "keys"
urlpatterns = [path("", views.show, name="show")]
