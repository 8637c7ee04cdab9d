from django.urls import path

from fanal.ground.documents import views

app_name = "documents"

urlpatterns = [path("<uuid:ref>/", views.download, name="download")]
