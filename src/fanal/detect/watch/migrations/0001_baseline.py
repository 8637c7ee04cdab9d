import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.ground.privacy.sealing.fields
from fanal.ground.schema.operations import QuickCreateModel

SEARCHED = """
CREATE INDEX alert_searched ON watch_lodgingalert USING gin (to_tsvector('simple', searched));
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agents", "0001_baseline"),
        ("agents", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="LodgingAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="référence"
                    ),
                ),
                ("sent", models.UUIDField(unique=True, verbose_name="clé d'envoi")),
                ("receipt", models.CharField(max_length=20, unique=True, verbose_name="numéro")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("web", "Page publique"),
                            ("platform", "Logiciel d’une plateforme"),
                        ],
                        default="web",
                        max_length=10,
                        verbose_name="venue par",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.organisation",
                        verbose_name="plateforme",
                    ),
                ),
                (
                    "external_ref",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="référence de la plateforme"
                    ),
                ),
                (
                    "content_digest",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="empreinte du contenu"
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="reçue le")),
                (
                    "departement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.departement",
                        verbose_name="département",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "lodging",
                    models.CharField(
                        choices=[
                            ("hotel", "Hôtel, résidence hôtelière"),
                            ("short_let", "Logement loué pour de courts séjours"),
                            ("guest_room", "Chambre d’hôtes, gîte"),
                            ("camping", "Camping"),
                            ("other", "Autre hébergement"),
                        ],
                        max_length=12,
                        verbose_name="hébergement",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="adresse")),
                ("listing", models.CharField(blank=True, max_length=200, verbose_name="annonce")),
                (
                    "place_key",
                    models.CharField(blank=True, max_length=400, verbose_name="adresse comparée"),
                ),
                (
                    "listing_key",
                    models.CharField(blank=True, max_length=400, verbose_name="annonce comparée"),
                ),
                ("searched", models.TextField(verbose_name="mots cherchés")),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("now", "En ce moment"),
                            ("day", "Depuis moins de 24 heures"),
                            ("week", "Cette semaine"),
                            ("before", "Avant"),
                        ],
                        max_length=8,
                        verbose_name="quand",
                    ),
                ),
                (
                    "danger",
                    models.BooleanField(default=False, verbose_name="danger dit maintenant"),
                ),
                (
                    "minor",
                    models.CharField(
                        choices=[
                            ("yes", "Oui"),
                            ("perhaps", "Peut-être"),
                            ("no", "Non"),
                            ("unknown", "Je ne sais pas"),
                        ],
                        max_length=8,
                        verbose_name="enfant présent",
                    ),
                ),
                (
                    "there_now",
                    models.CharField(
                        choices=[
                            ("yes", "Oui"),
                            ("perhaps", "Peut-être"),
                            ("no", "Non"),
                            ("unknown", "Je ne sais pas"),
                        ],
                        max_length=8,
                        verbose_name="des personnes sont là",
                    ),
                ),
                ("signs", models.JSONField(default=list, verbose_name="ce qui a été vu")),
                (
                    "words",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="récit"
                    ),
                ),
                (
                    "writer",
                    models.CharField(
                        choices=[
                            ("host", "Hôte, propriétaire, gérant"),
                            ("hotel_staff", "Personnel d’un hôtel"),
                            ("cleaner", "Personne qui fait le ménage ou l’entretien"),
                            ("neighbour", "Voisin, gardien d’immeuble"),
                            ("platform", "Plateforme, conciergerie, agence"),
                            ("other", "Quelqu’un d’autre"),
                        ],
                        max_length=12,
                        verbose_name="qui écrit",
                    ),
                ),
                (
                    "contact",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="où rappeler"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Reçue"),
                            ("taken", "Prise en charge"),
                            ("closed", "Close"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("to_check", "À vérifier"),
                            ("enquiry", "Transmise au service d’enquête"),
                            ("concern", "Information préoccupante : enfant en danger"),
                            ("no_follow_up", "Sans suite"),
                            ("duplicate", "Doublon d’une autre alerte"),
                        ],
                        max_length=14,
                        verbose_name="décision",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enquiry", "Un service d’enquête s’en occupe"),
                            ("protection", "La protection de l’enfance s’en occupe"),
                            ("nothing", "Vérifiée : rien d’inquiétant"),
                            ("no_follow_up", "Sans suite"),
                            ("duplicate", "Doublon"),
                        ],
                        max_length=14,
                        verbose_name="suite",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prise par",
                    ),
                ),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="prise le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="watch.lodgingalert",
                        verbose_name="doublon de",
                    ),
                ),
                (
                    "concern",
                    models.UUIDField(
                        blank=True, null=True, verbose_name="information préoccupante"
                    ),
                ),
                ("word_waits", models.BooleanField(default=False, verbose_name="un mot attend")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="dernier mot")),
                (
                    "last_step",
                    models.PositiveIntegerField(default=0, verbose_name="dernière étape"),
                ),
            ],
            options={
                "verbose_name": "alerte d'un hébergement",
                "verbose_name_plural": "alertes des hébergements",
                "indexes": [
                    models.Index(
                        fields=["departement", "state", "received_at"], name="alert_by_state"
                    ),
                    models.Index(fields=["commune", "place_key"], name="alert_by_place"),
                    models.Index(fields=["departement", "listing_key"], name="alert_by_listing"),
                    models.Index(fields=["received_at"], name="alert_by_arrival"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), _negated=True),
                            models.Q(("listing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="alert_says_where",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True),
                            models.Q(("holder__isnull", False), ("taken_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="alert_taken_has_a_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(
                                ("closed_at__isnull", False),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="alert_closed_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duplicate_of__isnull", True),
                            models.Q(("duplicate_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="alert_duplicate_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("external_ref", ""),
                                ("organisation__isnull", True),
                                ("source", "web"),
                            ),
                            models.Q(
                                ("organisation__isnull", False),
                                ("source", "platform"),
                                models.Q(("external_ref", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="alert_of_a_platform_has_its_reference",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_ref", ""), _negated=True),
                        fields=("organisation", "external_ref"),
                        name="alert_external_ref_once",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="AlertWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="référence"
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanged",
                        to="watch.lodgingalert",
                        verbose_name="alerte",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                (
                    "side",
                    models.CharField(
                        choices=[("writer", "Qui a écrit"), ("desk", "Point de contact")],
                        max_length=8,
                        verbose_name="côté",
                    ),
                ),
                (
                    "text",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", verbose_name="texte"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, verbose_name="clé d'envoi")),
                ("at", models.DateTimeField(verbose_name="écrit le")),
            ],
            options={
                "verbose_name": "mot d'une alerte",
                "verbose_name_plural": "mots d'alertes",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("alert", "key"), name="alert_word_sent_once"),
                    models.UniqueConstraint(
                        fields=("alert", "number"), name="alert_word_in_its_place"
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="AlertStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="référence"
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="watch.lodgingalert",
                        verbose_name="alerte",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "Prise en charge"),
                            ("qualified", "Qualifiée"),
                            ("asked", "Précision demandée"),
                            ("concern", "Information préoccupante commencée"),
                            ("closed", "Close"),
                            ("undone", "Décision annulée"),
                            ("reopened", "Rouverte par un mot reçu"),
                        ],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("to_check", "À vérifier"),
                            ("enquiry", "Transmise au service d’enquête"),
                            ("concern", "Information préoccupante : enfant en danger"),
                            ("no_follow_up", "Sans suite"),
                            ("duplicate", "Doublon d’une autre alerte"),
                        ],
                        max_length=14,
                        verbose_name="décision",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enquiry", "Un service d’enquête s’en occupe"),
                            ("protection", "La protection de l’enfance s’en occupe"),
                            ("nothing", "Vérifiée : rien d’inquiétant"),
                            ("no_follow_up", "Sans suite"),
                            ("duplicate", "Doublon"),
                        ],
                        max_length=14,
                        verbose_name="suite",
                    ),
                ),
                (
                    "note",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="motif"
                    ),
                ),
                ("before", models.JSONField(default=dict, verbose_name="avant")),
                (
                    "undoes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="annule"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "étape d'une alerte",
                "verbose_name_plural": "étapes d'alertes",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alert", "number"), name="alert_step_in_its_place"
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="AlertCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "departement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.departement",
                        verbose_name="département",
                    ),
                ),
                ("month", models.DateField(verbose_name="mois")),
                ("number", models.PositiveIntegerField(verbose_name="alertes")),
            ],
            options={
                "verbose_name": "compte d'alertes effacées",
                "verbose_name_plural": "comptes d'alertes effacées",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("departement", "month"), name="alert_count_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(SEARCHED, "DROP INDEX alert_searched;"),
    ]
