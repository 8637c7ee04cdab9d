from django.urls import path, register_converter

from fanal.detect.concerns.converters import StepConverter
from fanal.detect.concerns.views import author, crip, decisions, evaluations, letters, places

register_converter(StepConverter, "step")

app_name = "concerns"
urlpatterns = [
    path("transmettre/", author.start, name="start"),
    path("transmettre/<uuid:ref>/abandonner/", author.discard, name="discard"),
    path("transmettre/<uuid:ref>/<step:step>/", author.write, name="write"),
    path("mes-envois/", author.sent, name="sent"),
    path("mes-envois/<uuid:ref>/", author.receipt, name="receipt"),
    path("mes-envois/<uuid:ref>/completer/", author.complete, name="complete"),
    path("mes-envois/<uuid:ref>/retirer/", author.withdraw, name="withdraw"),
    path("mes-envois/<uuid:ref>/accuse.pdf", letters.acknowledgement, name="acknowledgement"),
    path("communes/", places.suggest, name="communes"),
    path("informations/", crip.concerns, name="list"),
    path("informations/export.csv", crip.export, name="export"),
    path("informations/<uuid:ref>/", crip.show, name="show"),
    path("informations/<uuid:ref>/qualifier/", crip.qualify, name="qualify"),
    path("informations/<uuid:ref>/decider/", decisions.decide, name="decide"),
    path("informations/<uuid:ref>/signer/", decisions.sign, name="sign"),
    path("informations/<uuid:ref>/renvoyer/", decisions.send_back, name="send_back"),
    path("informations/<uuid:ref>/notifier/", decisions.notify, name="notify"),
    path("informations/<uuid:ref>/clore/", decisions.close, name="close"),
    path("informations/<uuid:ref>/transmettre/", decisions.transfer, name="transfer"),
    path(
        "informations/<uuid:ref>/autre-mineur/<uuid:other>/",
        decisions.other_minor,
        name="other_minor",
    ),
    path("informations/<uuid:ref>/parents/", letters.parents, name="parents_letter"),
    path(
        "informations/<uuid:ref>/parents-non-informes/",
        letters.parents_exception,
        name="parents_exception",
    ),
    path("informations/<uuid:ref>/rapport/", letters.evaluation, name="evaluation_report"),
    path("reunions/<uuid:ref>/defaire/", decisions.separate, name="separate"),
    path("evaluations/", evaluations.mine, name="evaluations"),
    path("evaluations/<uuid:ref>/", evaluations.evaluate, name="evaluate"),
    path("evaluations/<uuid:ref>/rencontre/", evaluations.visit, name="visit"),
    path("evaluations/<uuid:ref>/remettre/", evaluations.submit, name="submit"),
    path(
        "evaluations/<uuid:ref>/autre-mineur/<uuid:other>/",
        evaluations.findings,
        name="findings",
    ),
]
