from django.urls import path

from fanal.detect.reports.views import course, lists, pages, writing

app_name = "reports"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("export.csv", lists.export, name="export"),
    path("recus/", lists.inbox, name="inbox"),
    path("recus/export.csv", lists.inbox_export, name="inbox_export"),
    path("preparer/<uuid:concern_ref>/", writing.draft, name="draft"),
    path("preparer/dossier/<uuid:case_file_ref>/", writing.draft_of_file, name="draft_of_file"),
    path("<uuid:ref>/", pages.show, name="show"),
    path("<uuid:ref>/rediger/", writing.write, name="write"),
    path("<uuid:ref>/adresser/", writing.send, name="send"),
    path("<uuid:ref>/abandonner/", writing.discard, name="discard"),
    path("recus/<uuid:ref>/", pages.answer, name="answer"),
    path("<uuid:ref>/lettre/", pages.letter, name="letter"),
    path("<uuid:ref>/reception/", course.acknowledge, name="acknowledge"),
    path("<uuid:ref>/suite/", course.outcome, name="outcome"),
    path("<uuid:ref>/retour/", course.told_back, name="inform_back"),
    path("<uuid:ref>/relance/", course.relaunch, name="relaunch"),
    path("<uuid:ref>/accord-parents/", course.allow_parents, name="allow_parents"),
    path("<uuid:ref>/parents/", course.parents, name="tell_parents"),
    path("<uuid:ref>/cloture/", course.close, name="close"),
]
