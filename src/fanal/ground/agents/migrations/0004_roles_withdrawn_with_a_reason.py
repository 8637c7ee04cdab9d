"""A role that is withdrawn ends the day before, and says by whom and why; a sensitive one takes two."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("agents", "0003_entering")]

    operations = [
        migrations.AddField(
            model_name="posting",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
        ),
        migrations.AddField(
            model_name="posting",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="retirée par",
            ),
        ),
        migrations.AddField(
            model_name="posting",
            name="withdrawn_reason",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=300,
                verbose_name="motif du retrait",
            ),
        ),
        migrations.RemoveConstraint(model_name="posting", name="posting_ends_after_it_starts"),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                # Given this morning and withdrawn at noon: it ended yesterday, for every wall.
                condition=Q(until__isnull=True)
                | Q(until__gte=F("since"))
                | Q(withdrawn_at__isnull=False),
                name="posting_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | (Q(until__isnull=False) & ~Q(withdrawn_reason="")),
                name="posting_withdrawn_says_why",
            ),
        ),
        migrations.AlterField(
            model_name="twopersonrequest",
            name="kind",
            field=models.CharField(
                choices=[
                    ("posting", "Rôle sensible"),
                    ("withdrawal", "Retrait d'un rôle sensible"),
                    ("reenrol", "Second facteur perdu"),
                ],
                max_length=10,
                verbose_name="nature",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="twopersonrequest", name="request_for_a_posting_names_a_role"
        ),
        migrations.AddConstraint(
            model_name="twopersonrequest",
            constraint=models.CheckConstraint(
                condition=Q(kind="reenrol", role="")
                | (Q(kind__in=("posting", "withdrawal")) & ~Q(role="")),
                name="request_for_a_posting_names_a_role",
            ),
        ),
    ]
