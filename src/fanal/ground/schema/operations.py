"""Operations of the baseline migrations."""

from django.db import migrations
from django.db.migrations.state import ProjectState


class QuickCreateModel(migrations.CreateModel):
    """
    ``CreateModel``, without making again every model that is related to the new one.

    Django makes them all anew, nearly the whole house each time: ten seconds of a fresh database.
    None of them refers to a model that did not exist; the new one alone is made.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        made = state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)
        if made is not None:
            state.__dict__["apps"] = made
            made.render_multiple([state.models[app_label, self.name_lower]])
