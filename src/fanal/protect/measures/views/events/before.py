"""Events before a decision: order, judge, hearing."""

from __future__ import annotations

from fanal.ground.deadlines.terms import RuleCode
from fanal.protect.measures import use_cases as acts
from fanal.protect.measures.forms import events as forms
from fanal.protect.measures.terms import MAY_BE_PROVISIONAL, Orderer, Status
from fanal.protect.measures.views.events.shape import Event, Standing, plain


def _undecided(now: Standing) -> bool:
    return now.measure.is_judicial and now.measure.decided_on is None


def _before_the_judge(now: Standing) -> bool:
    return _undecided(now) and now.measure.has_a_judge


def _awaits_a_hearing(now: Standing) -> bool:
    awaited = {RuleCode.URGENT_PLACEMENT_HEARING, RuleCode.JUDGE_RULES_AFTER_OPP}
    return now.measure.hearing_at is None and not now.running.isdisjoint(awaited)


BEFORE = (
    Event(
        name="seise_judge",
        path="saisine",
        title="Saisine du juge des enfants",
        button="Enregistrer la saisine",
        done="La saisine est enregistrée.",
        form=forms.SeiseForm,
        act=plain(acts.seise_judge),
        is_open=lambda now: _undecided(now) and not now.measure.has_a_judge,
        answers=(RuleCode.OPP_SEISE_JUDGE,),
    ),
    Event(
        name="order_provisional",
        path="ordonnance-provisoire",
        title="Ordonnance de placement provisoire, ou mesure provisoire",
        button="Enregistrer l'ordonnance",
        done="L'ordonnance est enregistrée ; ses délais courent.",
        form=forms.ProvisionalForm,
        act=plain(acts.order_provisional),
        is_open=lambda now: (
            _undecided(now)
            and now.measure.type in MAY_BE_PROVISIONAL
            and now.measure.provisional_by in ("", Orderer.PROSECUTOR)
        ),
        answers=(RuleCode.JUDGE_RULES_AFTER_OPP,),
        consequence="Après une ordonnance du procureur, le juge est saisi dans les 8 jours. Après "
        "celle du juge, la décision au fond vient dans les 6 mois.",
    ),
    Event(
        name="order_investigation",
        path="investigation",
        title="Investigation ordonnée par le juge",
        button="Enregistrer l'investigation",
        done="L'investigation est enregistrée.",
        form=forms.DayForm,
        act=plain(acts.order_investigation),
        is_open=lambda now: _before_the_judge(now) and now.measure.may_become(Status.INVESTIGATION),
    ),
    Event(
        name="hand_over_judge",
        path="dessaisissement",
        title="Dessaisissement au profit du juge de la famille",
        button="Enregistrer le dessaisissement",
        done="Le juge compétent est enregistré.",
        form=forms.HandOverForm,
        act=plain(acts.hand_over_to_judge),
        is_open=lambda now: now.measure.judge_of_the_place,
        answers=(RuleCode.JUDGE_HANDOVER,),
    ),
    Event(
        name="ask_lawyer",
        path="avocat/demande",
        title="Demande d'un avocat",
        button="Enregistrer la demande",
        done="La demande d'avocat est enregistrée.",
        form=forms.DayForm,
        act=plain(acts.ask_lawyer),
        is_open=lambda now: _undecided(now) and now.measure.lawyer_asked_on is None,
        consequence="L'avocat est désigné dans les 8 jours (art. 1186 CPC).",
    ),
    Event(
        name="name_lawyer",
        path="avocat/designation",
        title="Désignation de l'avocat",
        button="Enregistrer la désignation",
        done="La désignation est enregistrée.",
        form=forms.DayForm,
        act=plain(acts.name_lawyer),
        is_open=lambda now: (
            now.measure.lawyer_asked_on is not None and now.measure.lawyer_named_on is None
        ),
        answers=(RuleCode.LAWYER,),
    ),
    Event(
        name="set_hearing",
        path="audience",
        title="Date de l'audience",
        button="Enregistrer la date",
        done="L'audience est fixée.",
        form=forms.HearingForm,
        act=lambda agent, ref, form, now: acts.set_hearing(
            agent=agent, ref=ref, at=form.at, now=now
        ),
        is_open=_before_the_judge,
        is_next=_awaits_a_hearing,
        consequence="Les convocations partent au moins 8 jours avant (art. 1188 CPC).",
    ),
    Event(
        name="record_summons",
        path="convocations",
        title="Convocations à l'audience",
        button="Enregistrer l'envoi",
        done="L'envoi des convocations est enregistré.",
        form=forms.DayForm,
        act=plain(acts.record_summons),
        is_open=lambda now: (
            now.measure.status == Status.HEARING_SET and now.measure.summoned_on is None
        ),
        answers=(RuleCode.SUMMONS,),
    ),
    Event(
        name="record_hearing",
        path="audience/tenue",
        title="Audience tenue",
        button="Enregistrer l'audience",
        done="L'audience est enregistrée.",
        form=forms.HeldForm,
        act=plain(acts.record_hearing),
        is_open=lambda now: (
            now.measure.status == Status.HEARING_SET
            or (now.measure.is_in_force and now.measure.long_term)
        ),
        answers=(RuleCode.URGENT_PLACEMENT_HEARING, RuleCode.LONG_PLACEMENT_HEARING),
    ),
    Event(
        name="extend_provisional",
        path="prolongation",
        title="Prolongation de la mesure provisoire",
        button="Enregistrer la prolongation",
        done="La prolongation est enregistrée.",
        form=forms.ExtendForm,
        act=plain(acts.extend_provisional),
        is_open=lambda now: now.measure.extension_from is not None,
        consequence="Six mois de plus, une seule fois, après l'avis du procureur (art. 1185 CPC).",
    ),
)
