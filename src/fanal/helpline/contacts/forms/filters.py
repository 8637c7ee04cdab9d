"""What is asked of a list, and short answers: how a contact ends, a reason, a complement."""

from __future__ import annotations

from django import forms

from fanal.ground.shell.lenient import capitalised, lines
from fanal.helpline.contacts.terms import (
    LONGEST_REASON,
    NOT_TREATED,
    Channel,
    Kind,
    State,
)


class ListForm(forms.Form):
    whose = forms.ChoiceField(
        label="De qui",
        required=False,
        choices=[("", "Les miennes"), ("all", "Toutes")],
    )
    shown = forms.ChoiceField(
        label="État",
        required=False,
        choices=[
            ("", "En cours"),
            ("closed", "Closes"),
            ("concern", "Avec information préoccupante"),
            ("every", "Toutes"),
        ],
    )
    channel = forms.ChoiceField(
        label="Voie", required=False, choices=[("", "Toutes"), *Channel.choices]
    )
    kind = forms.ChoiceField(
        label="Suite", required=False, choices=[("", "Toutes"), *capitalised(Kind)]
    )
    departement = forms.CharField(label="Département", required=False, max_length=3)

    def __init__(self, data: object = None, *, coordinates: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        if not coordinates:
            del self.fields["whose"]


class ConcludeForm(forms.Form):
    """How it ends; an information préoccupante says so by itself."""

    outcome = forms.ChoiceField(
        label="Comment finit ce contact\u00a0?",
        widget=forms.RadioSelect,
        choices=[
            (State.ADVISED, State.ADVISED.label),
            (State.EMERGENCY_TRANSFERRED, State.EMERGENCY_TRANSFERRED.label),
            (State.ABANDONED, State.ABANDONED.label),
        ],
        error_messages={"required": "Dites comment il finit."},
    )


class CloseForm(forms.Form):
    kind = forms.ChoiceField(
        label="Ce contact interrompu est",
        required=False,
        choices=[(kind.value, kind.label) for kind in NOT_TREATED],
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi\u00a0?",
        max_length=LONGEST_REASON,
        widget=lines(3),
        error_messages={"required": "Dites pourquoi."},
    )


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label="Ce qui est à reprendre",
        max_length=LONGEST_REASON,
        widget=lines(3),
        error_messages={"required": "Dites ce qui est à reprendre."},
    )


class ReviewForm(forms.Form):
    note = forms.CharField(
        label="Remarque pour l’équipe",
        required=False,
        max_length=LONGEST_REASON,
        widget=lines(2),
        help_text="Elle reste ici.",
    )
    complement = forms.CharField(
        label="Complément pour la cellule",
        required=False,
        max_length=20_000,
        widget=lines(4),
        help_text="Il part à la cellule de recueil, qui est prévenue.",
    )


class CompleteForm(forms.Form):
    text = forms.CharField(
        label="Ce que vous ajoutez",
        max_length=20_000,
        widget=lines(4),
        help_text="Des faits nouveaux : quoi, quand, où, qui l’a vu. Jamais d’image.",
        error_messages={"required": "Écrivez ce que vous ajoutez."},
    )
