"""The decision, and what makes it hold."""

from __future__ import annotations

from fanal.ground.deadlines.terms import RuleCode
from fanal.protect.measures import use_cases as acts
from fanal.protect.measures.forms import events as forms
from fanal.protect.measures.terms import Status
from fanal.protect.measures.views.events.shape import Event, plain

DECISION = (
    Event(
        name="record_decision",
        path="decision",
        title="Décision",
        button="Enregistrer la décision",
        done="La décision est enregistrée.",
        form=forms.TermsForm,
        act=lambda agent, ref, form, now: acts.record_decision(
            agent=agent,
            ref=ref,
            terms=form.terms(),
            child_heard=form.cleaned_data.get("child_heard", ""),
            now=now,
        ),
        is_open=lambda now: (
            now.measure.may_become(Status.DECIDED)
            and (not now.measure.is_judicial or now.measure.has_a_judge)
        ),
        answers=(
            RuleCode.JUDGE_RULES_AFTER_OPP,
            RuleCode.PROVISIONAL_MEASURE,
            RuleCode.PROVISIONAL_MEASURE_EXTENDED,
        ),
    ),
    Event(
        name="record_agreement",
        path="accord",
        title="Accord écrit de la famille",
        button="Enregistrer l'accord",
        done="L'accord est enregistré.",
        form=forms.AgreementForm,
        act=plain(acts.record_agreement),
        is_open=lambda now: not now.measure.is_judicial and now.measure.agreed_on is None,
        is_next=lambda now: True,
        consequence="Sans cet accord, la mesure ne peut pas commencer (art. L223-2 CASF).",
    ),
    Event(
        name="start_measure",
        path="debut",
        title="Début de la mesure",
        button="Enregistrer le début",
        done="La mesure est en vigueur.",
        form=forms.DayForm,
        act=plain(acts.start_measure),
        is_open=lambda now: (
            now.measure.status == Status.DECIDED
            and (now.measure.is_judicial or now.measure.agreed_on is not None)
        ),
        is_next=lambda now: True,
        consequence="Le projet pour l'enfant est dû dans les 3 mois.",
    ),
    Event(
        name="record_notification",
        path="notification",
        title="Notification de la décision",
        button="Enregistrer la notification",
        done="La notification est enregistrée ; l'appel est ouvert 15 jours.",
        form=forms.DayForm,
        act=plain(acts.record_notification),
        is_open=lambda now: (
            now.measure.last_decision_on is not None and now.measure.notified_on is None
        ),
        answers=(RuleCode.NOTIFY_DECISION,),
    ),
    Event(
        name="record_appeal",
        path="appel",
        title="Appel de la décision",
        button="Enregistrer l'appel",
        done="L'appel est enregistré.",
        form=forms.DayForm,
        act=plain(acts.record_appeal),
        is_open=lambda now: (
            now.measure.last_decision_on is not None and now.measure.appealed_on is None
        ),
    ),
    Event(
        name="record_appeal_judged",
        path="appel/juge",
        title="Décision de la cour d'appel",
        button="Enregistrer l'arrêt",
        done="L'arrêt est enregistré.",
        form=forms.AppealJudgedForm,
        act=plain(acts.record_appeal_judged),
        is_open=lambda now: now.measure.appealed_on is not None,
        answers=(RuleCode.PLACEMENT_APPEAL_JUDGED,),
        consequence="Si la cour change la mesure, enregistrez aussi la modification ou la levée.",
    ),
)
