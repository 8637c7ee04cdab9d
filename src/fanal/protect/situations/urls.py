from django.urls import path

from fanal.protect.situations.views import closing, entries, lists, opening, show, team

app_name = "situations"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("autorite/", lists.authority, name="authority"),
    path("autorite/export.csv", lists.export, name="export"),
    path("equipe/", team.board, name="board"),
    path("equipe/<uuid:ref>/remettre/", team.hand_over_list, name="hand_over"),
    path("equipe/<uuid:ref>/depart/", team.depart, name="depart"),
    path("remises/<uuid:ref>/", team.receipt, name="receipt"),
    path("remises/<uuid:ref>/recu.pdf", team.receipt_pdf, name="receipt_pdf"),
    path("absences/", team.absences, name="absences"),
    path("absences/<uuid:ref>/finir/", team.back_early, name="back_early"),
    path("ouvrir/information/<uuid:ref>/", opening.from_concern, name="open_concern"),
    path("ouvrir/signalement/<uuid:ref>/", opening.from_report, name="open_report"),
    path("ouvrir/dossier/<uuid:ref>/", opening.from_file, name="open_file"),
    path("fil/<uuid:ref>/corriger/", entries.correct, name="correct"),
    path("<uuid:ref>/", show.fil, name="show"),
    path("<uuid:ref>/personnes/", show.people, name="people"),
    path("<uuid:ref>/documents/", show.documents, name="documents"),
    path("<uuid:ref>/acces/", show.access, name="access"),
    path("<uuid:ref>/noter/", entries.write, name="write"),
    path("<uuid:ref>/dossier/", entries.dossier, name="dossier"),
    path("<uuid:ref>/dossier.pdf", entries.dossier_pdf, name="dossier_pdf"),
    path("<uuid:ref>/prendre-en-charge/", opening.accept, name="accept"),
    path("<uuid:ref>/attribuer/", team.assign, name="assign"),
    path("<uuid:ref>/cloture/proposer/", closing.propose, name="propose_closing"),
    path("<uuid:ref>/cloture/decider/", closing.decide, name="decide_closing"),
    path("<uuid:ref>/cloture/renvoyer/", closing.send_back, name="send_back_closing"),
    path("<uuid:ref>/rouvrir/", closing.reopen, name="reopen"),
    path("<uuid:ref>/transmettre/", closing.transfer, name="transfer"),
    path("<uuid:ref>/majorite/", closing.majority, name="majority"),
    path("<uuid:ref>/entretien-de-sortie/", closing.exit_interview, name="exit_interview"),
]
