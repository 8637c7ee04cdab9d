"""Events of a measure at work, and of its end."""

from __future__ import annotations

from fanal.ground.deadlines.terms import RuleCode
from fanal.protect.measures import use_cases as acts
from fanal.protect.measures.forms import events as forms
from fanal.protect.measures.terms import Orderer, Status
from fanal.protect.measures.views.events.shape import Event, Standing, plain

_LONGEST = (RuleCode.MEASURE_MAX, RuleCode.AEMO_RENFORCEE_MAX)


def _is_over_soon(now: Standing) -> bool:
    return now.measure.is_in_force


def _may_be_lifted(now: Standing) -> bool:
    stands = now.measure.status in (Status.DECIDED, Status.IN_FORCE) or now.measure.provisional_by
    return bool(stands) and now.measure.may_become(Status.LIFTED)


def _by_the_prosecutor(now: Standing) -> bool:
    return now.ban is not None and now.ban.ordered_by == Orderer.PROSECUTOR


AT_WORK = (
    Event(
        name="record_plan",
        path="projet-pour-l-enfant",
        title="Projet pour l'enfant",
        button="Enregistrer le projet",
        done="Le projet pour l'enfant est enregistré.",
        form=forms.DayForm,
        act=plain(acts.record_plan),
        is_open=lambda now: RuleCode.PPE in now.running,
        answers=(RuleCode.PPE,),
    ),
    Event(
        name="record_report",
        path="rapport",
        title="Rapport au juge des enfants",
        button="Enregistrer l'envoi du rapport",
        done="Le rapport est enregistré ; le prochain est daté.",
        form=forms.DayForm,
        act=plain(acts.record_report),
        is_open=lambda now: now.measure.is_judicial and now.measure.is_in_force,
        answers=(RuleCode.YEARLY_REPORT, RuleCode.HALF_YEARLY_REPORT),
    ),
    Event(
        name="ask_parents",
        path="parents",
        title="Demande aux parents sur le lieu ou le mode d'accueil",
        button="Enregistrer la demande",
        done="La demande est enregistrée ; le délai de réponse court.",
        form=forms.AskParentsForm,
        act=plain(acts.ask_parents),
        is_open=lambda now: (
            now.measure.is_admission and now.measure.status in (Status.IN_FORCE, Status.PROVISIONAL)
        ),
    ),
    Event(
        name="order_exit_ban",
        path="sortie-du-territoire",
        title="Interdiction de sortie du territoire",
        button="Enregistrer l'interdiction",
        done="L'interdiction est enregistrée.",
        form=forms.BanForm,
        act=plain(acts.order_exit_ban),
        is_open=lambda now: (
            now.measure.is_judicial and (now.ban is None or _by_the_prosecutor(now))
        ),
        answers=(RuleCode.EXIT_BAN_PROSECUTOR,),
        consequence="Deux mois au plus si elle vient du procureur, deux ans si elle vient du juge.",
    ),
    Event(
        name="seise_exit_ban",
        path="sortie-du-territoire/saisine",
        title="Juge saisi de l'interdiction de sortie",
        button="Enregistrer la saisine",
        done="La saisine est enregistrée.",
        form=forms.DayForm,
        act=plain(acts.seise_judge_of_exit_ban),
        is_open=lambda now: (
            _by_the_prosecutor(now) and now.ban is not None and now.ban.seised_on is None
        ),
        answers=(RuleCode.EXIT_BAN_SEISE_JUDGE,),
    ),
    Event(
        name="end_exit_ban",
        path="sortie-du-territoire/fin",
        title="Fin de l'interdiction de sortie du territoire",
        button="Enregistrer la fin",
        done="La fin de l'interdiction est enregistrée.",
        form=forms.DayForm,
        act=plain(acts.end_exit_ban),
        is_open=lambda now: now.ban is not None,
        answers=(RuleCode.EXIT_BAN_JUDGE,),
        consequence="Vérifiez que l'inscription au fichier des personnes recherchées est levée.",
    ),
)
ENDINGS = (
    Event(
        name="renew_measure",
        path="renouvellement",
        title="Renouvellement de la mesure",
        button="Enregistrer le renouvellement",
        done="La mesure est renouvelée.",
        form=forms.RenewForm,
        act=lambda agent, ref, form, now: acts.renew_measure(
            agent=agent, ref=ref, terms=form.terms(), agreement=form.agreement(), now=now
        ),
        is_open=_is_over_soon,
        answers=_LONGEST,
    ),
    Event(
        name="modify_measure",
        path="modification",
        title="Modification : une autre mesure la remplace",
        button="Enregistrer la modification",
        done="La nouvelle mesure est en vigueur.",
        form=forms.FollowForm,
        act=lambda agent, ref, form, now: acts.modify_measure(
            agent=agent, ref=ref, terms=form.terms(), agreement=form.agreement(), now=now
        ),
        is_open=_is_over_soon,
    ),
    Event(
        name="lift_measure",
        path="levee",
        title="Levée de la mesure",
        button="Enregistrer la levée",
        done="La mesure est levée.",
        form=forms.EndForm,
        act=plain(acts.lift_measure),
        is_open=_may_be_lifted,
        consequence="Plus aucun délai de cette mesure ne court ensuite.",
    ),
    Event(
        name="record_no_order",
        path="sans-suite",
        title="Mesure non ordonnée, ou demande retirée",
        button="Clore la demande",
        done="La demande est close.",
        form=forms.EndForm,
        act=plain(acts.record_no_order),
        is_open=lambda now: (
            now.measure.may_become(Status.NOT_ORDERED) and not now.measure.provisional_by
        ),
    ),
)
