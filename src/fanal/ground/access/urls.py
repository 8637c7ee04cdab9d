from django.urls import path

from fanal.ground.access.views import files, glass, review, shares

app_name = "access"
urlpatterns = [
    path("acces-urgent/", glass.enter, name="glass"),
    path("partages/", shares.received, name="received"),
    path("partages/<uuid:ref>/", shares.read, name="read"),
    path("partages/<uuid:ref>/retirer/", shares.withdraw, name="withdraw"),
    path("controle/", review.openings, name="openings"),
    path("controle/acces.csv", review.export, name="export"),
    path("controle/<uuid:ref>/", review.review, name="review"),
    path("exclusions/<uuid:ref>/lever/", files.lift, name="lift"),
    path("<uuid:ref>/acces/", files.show, name="show"),
    path("<uuid:ref>/acces/exclure/", files.exclude, name="exclude"),
    path("<uuid:ref>/acces/sceller/", files.seal, name="seal"),
    path("<uuid:ref>/acces/desceller/", files.unseal, name="unseal"),
    path("<uuid:ref>/acces/partager/", shares.share, name="share"),
]
