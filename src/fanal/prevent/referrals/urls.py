from django.urls import path

from fanal.prevent.referrals.views import desk, opening, reach, referring, visiting

app_name = "referrals"
urlpatterns = [
    path("rendez-vous/", visiting.come_back, name="come_back"),
    path("rendez-vous/<uuid:ref>/", visiting.book, name="book"),
    path("accueil/", desk.desk, name="desk"),
    path("accueil/<uuid:ref>/vu/", desk.seen, name="seen"),
    path("accueil/<uuid:ref>/absent/", desk.absent, name="absent"),
    path("accueil/<uuid:ref>/impossible/", desk.impossible, name="impossible"),
    path("accueil/<uuid:ref>/reprendre/", desk.take_back, name="take_back"),
    path("accueil/lieux/<uuid:ref>/", opening.hours, name="hours"),
    path("accueil/lieux/<uuid:ref>/presentation/", opening.welcome, name="welcome"),
    path("accueil/lieux/<uuid:ref>/fermer/", opening.close_day, name="close_day"),
    path("accueil/creneaux/<uuid:ref>/retirer/", opening.end, name="end"),
    path("annuaire/<uuid:ref>/rendez-vous/", opening.take_part, name="take_part"),
    path("orienter/", referring.followed, name="followed"),
    path("orienter/nouvelle/", referring.refer, name="refer"),
    path("personnes-recues/", reach.table, name="reach"),
    path("personnes-recues/tableau.csv", reach.export, name="export"),
]
