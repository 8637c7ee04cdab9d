"""A worry about a child, told by whoever sees it: one question alone must be answered."""

from __future__ import annotations

from django import forms

from fanal.helpline.chats.forms import NOT_KEPT
from fanal.helpline.chats.terms import Topic
from fanal.helpline.letters.forms import EMPTY, TYPED, AnsweredForm
from fanal.helpline.letters.terms import LONGEST_LETTER, Writer
from fanal.helpline.letters.use_cases import Written

UNSAID = ("", "Je ne sais pas, ou je préfère ne pas le dire")
PARENT, FAMILY, WORK = "Un parent", "De sa famille", "Par mon métier"
TIES = (PARENT, FAMILY, "De son entourage, un voisin", "Je l’ai croisé", WORK)
# Who did not say, and who is neither, is answered as a child would be: first.
WRITERS = {PARENT: Writer.PARENT, FAMILY: Writer.PARENT, WORK: Writer.PROFESSIONAL}
AGES = ("Moins de 13 ans", "13 ou 14 ans", "15, 16 ou 17 ans", "18 ans ou plus")
WHEREABOUTS = ("On sait où il est", "On ne sait pas où il est")
# Answers to the other questions stand in the same letter, above the words.
LONGEST_WORDS, LONGEST_ANSWER = LONGEST_LETTER - 1_000, 200


def _one_of(label: str, said: tuple[str, ...]) -> forms.ChoiceField:
    choices = [UNSAID, *((one, one) for one in said)]
    widget = forms.Select(attrs=NOT_KEPT)
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=widget)


def _said(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        help_text=help_text,
        max_length=LONGEST_ANSWER,
        widget=forms.TextInput(attrs=NOT_KEPT),
    )


class WorryForm(AnsweredForm):
    """The letter of somebody who worries: each answer is written in it, under its question."""

    text = forms.CharField(
        label="Ce que vous avez vu, lu ou entendu",
        help_text="Des faits, avec leur date si vous la savez. Il n’y a rien à prouver, et rien à "
        "chercher de plus.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs=TYPED | {"rows": 8}),
        error_messages={"required": EMPTY},
    )
    tie = _one_of("Qui êtes-vous pour cet enfant ?", TIES)
    age = _one_of("Quel âge a-t-il, à peu près ?", AGES)
    whereabouts = _one_of("Sait-on où il est en ce moment ?", WHEREABOUTS)
    place = _said("Dans quelle commune ?", "Ou un quartier, un établissement, une gare.")
    known = _said("Qui d’autre le sait ?", "Par exemple : ses parents, son lycée, un éducateur.")

    asked = ("tie", "age", "whereabouts", "place", "known")
    field_order = ("text", "tie", "age", "whereabouts", "place", "departement", "known")

    @property
    def written(self) -> Written:
        given = self.cleaned_data
        answers = [(self.fields[name].label, given[name].strip()) for name in self.asked]
        lines = [f"{label} {answer}" for label, answer in answers if answer]
        text = "\n".join([*lines, "", given["text"]] if lines else [given["text"]])
        return self.written_as(text, writer=WRITERS.get(given["tie"]), topic=Topic.FRIEND)
