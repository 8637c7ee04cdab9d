from django.db.models import TextChoices


class Outcome(TextChoices):
    DONE = "done", "fait"
    READ = "read", "lu"
    REFUSED = "refused", "refusé"
