"""The course of a signalement once it has left: acts of the parquet, acts of the département."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.detect.reports.forms import (
    DeedForm,
    NoteForm,
    OutcomeForm,
    TellerForm,
    TellerNoteForm,
)
from fanal.detect.reports.queries import is_of_the_parquet, read_report
from fanal.detect.reports.terms import OutcomeKind
from fanal.detect.reports.use_cases import (
    acknowledge_report,
    allow_telling_parents,
    close_report,
    inform_back,
    record_outcome,
    relaunch_report,
    tell_parents,
)
from fanal.detect.reports.views.deeds import Words, deed_screen, posted
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right

_ACKNOWLEDGE = Words(
    title="Accuser réception",
    consequence="Le département voit que le parquet a reçu ce signalement.",
    deed="Enregistrer la réception",
    done="La réception est enregistrée.",
)
_OUTCOME = Words(
    title="Enregistrer une suite",
    consequence="Plusieurs suites peuvent être données au même signalement. Une suite enregistrée "
    "ne se modifie plus.",
    deed="Enregistrer la suite",
    done="La suite est enregistrée.",
)
_INFORM_BACK = Words(
    title="Informer le département des suites",
    consequence="Le président du conseil départemental est informé des suites enregistrées "
    "(art. L226-4 CASF) ; le rappel s'arrête.",
    deed="Enregistrer le retour",
    done="Le retour vers le département est enregistré.",
)
_RELAUNCH = Words(
    title="Relancer le parquet",
    consequence="Le parquet est prévenu que vous attendez les suites ; le rappel repart de zéro.",
    deed="Relancer le parquet",
    done="Le parquet est relancé.",
)
_ALLOW_PARENTS = Words(
    title="Permettre l'information des parents",
    consequence="Le département pourra informer les parents par écrit de la saisine "
    "(art. L226-5 al. 3 CASF).",
    deed="Enregistrer l'accord",
    done="L'accord est enregistré.",
)
_TELL_PARENTS = Words(
    title="Information écrite des parents",
    consequence="Vous enregistrez que les parents, ou le tuteur, sont informés par écrit de la "
    "saisine de l'autorité judiciaire (art. L226-5 al. 3 CASF).",
    deed="Enregistrer l'information des parents",
    done="L'information des parents est enregistrée.",
)
_CLOSE = Words(
    title="Clôturer le signalement",
    consequence="Plus rien n'est attendu de ce signalement. L'accompagnement du mineur continue.",
    deed="Clôturer le signalement",
    done="Le signalement est clôturé.",
)


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS, Right.ANSWER_REPORTS)
def acknowledge(request: DeskRequest, ref: UUID) -> HttpResponse:
    agent = request.user
    report = read_report(agent=agent, ref=ref)
    form = TellerForm(posted(request), by_the_parquet=is_of_the_parquet(agent, report))
    return deed_screen(
        request,
        report=report,
        form=form,
        words=_ACKNOWLEDGE,
        act=lambda said: acknowledge_report(agent=agent, ref=ref, now=now(), **said),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS, Right.ANSWER_REPORTS)
def outcome(request: DeskRequest, ref: UUID) -> HttpResponse:
    agent = request.user
    report = read_report(agent=agent, ref=ref)
    form = OutcomeForm(posted(request), by_the_parquet=is_of_the_parquet(agent, report))
    return deed_screen(
        request,
        report=report,
        form=form,
        words=_OUTCOME,
        act=lambda said: record_outcome(
            agent=agent, ref=ref, now=now(), **(said | {"kind": OutcomeKind(said["kind"])})
        ),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS, Right.ANSWER_REPORTS)
def told_back(request: DeskRequest, ref: UUID) -> HttpResponse:
    agent = request.user
    report = read_report(agent=agent, ref=ref)
    form = TellerNoteForm(posted(request), by_the_parquet=is_of_the_parquet(agent, report))
    return deed_screen(
        request,
        report=report,
        form=form,
        words=_INFORM_BACK,
        act=lambda said: inform_back(agent=agent, ref=ref, now=now(), **said),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS, Right.ANSWER_REPORTS)
def allow_parents(request: DeskRequest, ref: UUID) -> HttpResponse:
    agent = request.user
    report = read_report(agent=agent, ref=ref)
    form = TellerForm(posted(request), by_the_parquet=is_of_the_parquet(agent, report))
    return deed_screen(
        request,
        report=report,
        form=form,
        words=_ALLOW_PARENTS,
        act=lambda said: allow_telling_parents(agent=agent, ref=ref, now=now(), **said),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS)
def relaunch(request: DeskRequest, ref: UUID) -> HttpResponse:
    agent = request.user
    return deed_screen(
        request,
        report=read_report(agent=agent, ref=ref),
        form=NoteForm(posted(request)),
        words=_RELAUNCH,
        act=lambda said: relaunch_report(agent=agent, ref=ref, now=now(), **said),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS)
def parents(request: DeskRequest, ref: UUID) -> HttpResponse:
    agent = request.user
    return deed_screen(
        request,
        report=read_report(agent=agent, ref=ref),
        form=NoteForm(posted(request)),
        words=_TELL_PARENTS,
        act=lambda said: tell_parents(agent=agent, ref=ref, now=now(), **said),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEND_REPORTS)
def close(request: DeskRequest, ref: UUID) -> HttpResponse:
    agent = request.user
    return deed_screen(
        request,
        report=read_report(agent=agent, ref=ref),
        form=DeedForm(posted(request)),
        words=_CLOSE,
        act=lambda said: close_report(agent=agent, ref=ref, now=now()),
    )
