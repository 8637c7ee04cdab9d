from django.urls import path

from fanal.portal.accounts.views import entering, security

app_name = "accounts"
urlpatterns = [
    path("invitation/", entering.link_over, name="link_over"),
    path("invitation/<str:token>/", entering.accept, name="accept"),
    path("connexion/avec/<slug:provider>/", entering.leave, name="leave"),
    path("connexion/retour/<slug:provider>/", entering.callback, name="callback"),
    path("compte/securite/", security.security, name="security"),
    path("compte/securite/application/", security.application, name="application"),
    path("compte/securite/cle/", security.key, name="key"),
    path("compte/securite/codes/", security.codes, name="codes"),
    path("compte/securite/<int:number>/retirer/", security.remove_factor, name="remove_factor"),
    path("compte/sessions/", security.my_sessions, name="sessions"),
    path("compte/sessions/autres/fermer/", security.close_others, name="close_others"),
    path("compte/sessions/<uuid:ref>/fermer/", security.close_session, name="close_session"),
    path("compte/confirmer/", security.prove, name="prove"),
]
