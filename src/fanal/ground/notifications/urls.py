from django.urls import path

from fanal.ground.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("tout-lu/", views.read_all, name="read_all"),
    path("<uuid:ref>/", views.follow, name="follow"),
]
