from django.urls import path

from fanal.portal.accounts.views import agents, entering, requests, security, tokens

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
    path("comptes/", agents.listed, name="agents"),
    path("comptes/export.csv", agents.export, name="export"),
    path("comptes/inviter/", agents.invite, name="invite"),
    path("comptes/demandes/", requests.waiting, name="requests"),
    path("comptes/demandes/<uuid:ref>/", requests.answer, name="answer"),
    path("comptes/jetons/", tokens.tokens, name="tokens"),
    path("comptes/jetons/<uuid:ref>/remplacer/", tokens.rotate, name="rotate_token"),
    path("comptes/jetons/<uuid:ref>/revoquer/", tokens.revoke, name="revoke_token"),
    path("comptes/<uuid:ref>/", agents.agent, name="agent"),
    path("comptes/<uuid:ref>/retirer-un-role/", agents.withdraw, name="withdraw"),
    path("comptes/<uuid:ref>/suspendre/", agents.suspend, name="suspend"),
    path("comptes/<uuid:ref>/rouvrir/", agents.resume, name="resume"),
    path("comptes/<uuid:ref>/fermer-les-sessions/", agents.close_sessions, name="sign_out"),
    path("comptes/<uuid:ref>/lien/", agents.send_again, name="send_again"),
    path("comptes/<uuid:ref>/reinscrire/", agents.reenrol, name="reenrol"),
]
