"""Every letter, full and minimal. All the people are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

from fanal.ground.documents.contents import (
    Acknowledgement,
    Contact,
    Dossier,
    EvaluationReport,
    Fact,
    HandedOver,
    HandoverReceipt,
    Heading,
    Holder,
    Letter,
    Meeting,
    Minor,
    OtherMinor,
    OutcomeNotice,
    ParentsException,
    ParentsLetter,
    Recipient,
    Report,
    RightsAnswer,
    Sender,
    ShelterParentsNotice,
    ShelterProsecutorNotice,
    Signatory,
    TimelineEvent,
    TransferNotice,
)
from fanal.ground.documents.terms import Answer, Exploitation, Ground, Outcome

WRITTEN_AT = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)

SENDER = Sender(
    authority="Département de la Démonstration",
    service="Cellule de recueil des informations préoccupantes",
    address=("12, rue du Fanal", "99000 Port-Inventé"),
    phone="01 99 00 00 12",
    email="crip@exemple.invalid",
)
CHIEF = Signatory(name="Nadia Exemple", function="Responsable de la CRIP")
CALL = Contact(
    name="Claire Inventée",
    function="assistante sociale",
    phone="01 99 00 00 13",
    email="claire@exemple.invalid",
    hours="du lundi au vendredi, de 9 h à 17 h",
)
SCHOOL = Recipient(
    name="Paul Fictif",
    lines=("Assistant social scolaire", "Collège des Lampions", "99000 Port-Inventé"),
    salutation="Monsieur,",
)
PARENTS = Recipient(
    name="Mme et M. Imaginaire",
    lines=("3, impasse des Phares", "99000 Port-Inventé"),
    salutation="Madame, Monsieur,",
)
PROSECUTOR = Recipient(
    name="Parquet des mineurs",
    lines=("Tribunal judiciaire de Port-Inventé", "1, place de la Loi", "99000 Port-Inventé"),
    salutation="Madame, Monsieur le procureur de la République,",
)


def heading(to: Recipient | None = None) -> Heading:
    return Heading(
        sender=SENDER,
        signatory=CHIEF,
        reference="DEM-2026-000417",
        written_at=WRITTEN_AT,
        recipient=to,
        place="Port-Inventé",
        demonstration=True,
    )


def bare_heading(to: Recipient | None = None) -> Heading:
    return Heading(
        sender=Sender(authority="Département de la Démonstration", service="CRIP"),
        signatory=CHIEF,
        reference="DEM-1",
        written_at=WRITTEN_AT,
        recipient=to,
    )


BARE_RECIPIENT = Recipient(name="Paul Fictif")

LEA = Minor(
    name="Léa Imaginaire",
    born_on=date(2011, 5, 1),
    sex="féminin",
    address="3, impasse des Phares, 99000 Port-Inventé",
    whereabouts="au domicile de sa mère",
    school="Collège des Lampions, classe de troisième",
    holders=(
        Holder(name="Anne Imaginaire", tie="mère", contact="01 99 00 00 14"),
        Holder(name="Marc Imaginaire", tie="père"),
    ),
)
BARE_MINOR = Minor(name="Léa", birth="environ 15 ans")
BROTHER = OtherMinor(
    name="Tom Imaginaire", birth="12 mars 2018", situation="Vu au domicile. Va à l'école, serein."
)
FACTS = (
    Fact(
        on=date(2026, 11, 2),
        text="Léa arrive au collège avec un téléphone neuf. Elle dit qu'un ami l'a offert.",
        source="assistant social du collège",
    ),
    Fact(
        on=date(2026, 11, 16),
        text="Absente trois jours. À son retour, elle dort en classe et dit : « Je suis fatiguée, "
        "je ne peux pas en parler. »",
        source="infirmière du collège",
    ),
    Fact(when="courant novembre", text="Des sorties la nuit, en voiture.", source="sa mère"),
)

ACKNOWLEDGEMENT = Acknowledgement(
    heading=heading(SCHOOL),
    receipt="FNL-7K3M-29QD",
    received_at=WRITTEN_AT,
    status_page="https://fanal.exemple.invalid/suivi/FNL-7K3M-29QD",
    answer=Answer.UNASKED,
    evaluation_due=date(2027, 2, 24),
    first_analysis_on=date(2026, 11, 24),
    contact=CALL,
)
OUTCOME = OutcomeNotice(
    heading=heading(SCHOOL),
    receipt="FNL-7K3M-29QD",
    received_on=date(2026, 11, 24),
    outcome=Outcome.REPORT_TO_PROSECUTOR,
    contact=CALL,
)
PARENTS_LETTER = ParentsLetter(
    heading=heading(PARENTS),
    child="Léa",
    why="Léa a beaucoup manqué le collège ce mois-ci et paraît très fatiguée. Nous voulons "
    "comprendre avec vous ce qui se passe pour elle, et ce qui pourrait l'aider.",
    contact=CALL,
    conclusion_due=date(2027, 2, 24),
    first_meeting="mardi 1er décembre 2026 à 17 h 30, à votre domicile",
    data_protection=Contact(
        name="Délégation à la protection des données", email="dpo@exemple.invalid"
    ),
)
PARENTS_EXCEPTION = ParentsException(
    heading=heading(),
    minor=LEA,
    reason="Une personne du foyer pourrait être mêlée aux faits rapportés. L'informer maintenant "
    "exposerait Léa à des pressions et à un départ du domicile.",
    decided_on=date(2026, 11, 24),
    review_on=date(2026, 12, 1),
    child_informed=True,
    child_opinion="Léa demande que ses parents ne sachent rien avant le rendez-vous.",
)
TRANSFER_NOTICE = TransferNotice(
    heading=heading(PARENTS),
    child="Léa",
    sent_on=date(2026, 12, 1),
    new_authority="Département de l'Ailleurs",
    new_service=Contact(name="CRIP de l'Ailleurs", phone="01 99 00 00 20"),
    contact=CALL,
    what_is_sent="L'information reçue, le compte rendu de notre première rencontre avec vous, et "
    "votre avis.",
)
EVALUATION_REPORT = EvaluationReport(
    heading=heading(),
    minor=LEA,
    received_on=date(2026, 11, 24),
    evaluation_due=date(2027, 2, 24),
    team=(
        Signatory(name="Claire Inventée", function="assistante sociale"),
        Signatory(name="Hugo Supposé", function="éducateur spécialisé"),
        Signatory(name="Inès Présumée", function="psychologue"),
    ),
    meetings=(
        Meeting(on=date(2026, 12, 1), people="Léa et sa mère", place="domicile"),
        Meeting(on=date(2026, 12, 4), people="Léa, seule", place="maison des adolescents"),
        Meeting(on=date(2026, 12, 8), people="M. Imaginaire, père", place="téléphone"),
    ),
    minor_was_met=True,
    reported=FACTS,
    minor_opinion="Léa dit qu'elle veut « dormir et ne plus avoir peur du téléphone ».\n\nElle "
    "accepte de revoir la psychologue.",
    parents_opinion="La mère est inquiète et demande de l'aide. Le père ne comprend pas encore.",
    parents_understanding="La mère relie les absences aux sorties de nuit ; le père, à la fatigue.",
    resources="Une tante, Rose, que Léa appelle chaque semaine. Un professeur de musique.",
    health_summary="Suivi engagé. Rendez-vous en décembre.",
    danger="Danger",
    danger_reasons="Les éléments réunis font suspecter une exploitation par un tiers.",
    other_minors=(BROTHER,),
    proposal="Saisine de l'autorité judiciaire, et accueil chez la tante à étudier.",
)
REPORT = Report(
    heading=heading(PROSECUTOR),
    court="Tribunal judiciaire de Port-Inventé",
    minor=LEA,
    grounds=(Ground.GRAVE_AND_IMMEDIATE, Ground.FAMILY_REFUSES),
    facts=FACTS,
    urgent=True,
    exploitation=Exploitation.SUSPECTED,
    parents_informed=False,
    parents_informed_reason="Une personne du foyer pourrait être mêlée aux faits.",
    request="L'ouverture d'une enquête, et une ordonnance de placement provisoire chez un tiers.",
    danger="Léa dit avoir peur d'une personne qui l'attend le soir devant le collège.",
    missing_since="le 22 novembre 2026, 21 h",
    minor_words="« Il sait où j'habite. »",
    measures_taken=(Fact(on=date(2026, 6, 1), text="Aide éducative à domicile, six mois."),),
    other_minors=(BROTHER,),
    informant="Paul Fictif, assistant social scolaire, 01 99 00 00 15.",
    enclosures=("Rapport d'évaluation du 10 décembre 2026",),
    copies=("Service de l'aide sociale à l'enfance",),
)
SHELTER_PARENTS = ShelterParentsNotice(
    heading=heading(PARENTS),
    child="Léa",
    sheltered_at=datetime(2026, 11, 24, 21, 40, tzinfo=UTC),
    ends_at=datetime(2026, 11, 27, 21, 40, tzinfo=UTC),
    contact=CALL,
)
SHELTER_PROSECUTOR = ShelterProsecutorNotice(
    heading=heading(PROSECUTOR),
    court="Tribunal judiciaire de Port-Inventé",
    minor=LEA,
    sheltered_at=datetime(2026, 11, 24, 21, 40, tzinfo=UTC),
    ends_at=datetime(2026, 11, 27, 21, 40, tzinfo=UTC),
    reason="Léa a quitté son domicile et a demandé de l'aide à la permanence.",
    contact=CALL,
    parents_told_at=datetime(2026, 11, 24, 22, 10, tzinfo=UTC),
    shelter="Foyer d'accueil d'urgence du Phare",
)
HANDOVER_RECEIPT = HandoverReceipt(
    heading=heading(),
    giver=Signatory(name="Hugo Supposé", function="référent"),
    taker=Signatory(name="Rose Hypothèse", function="référente"),
    reason="congé",
    effective_on=date(2026, 12, 1),
    until=date(2027, 1, 4),
    situations=tuple(
        HandedOver(
            reference=f"S-{number:04}",
            minor=f"L. I., {12 + number % 6} ans",
            status="Suivie",
            next_step="Rendez-vous avec la famille",
            due=date(2026, 12, 1 + number % 28),
        )
        for number in range(1, 41)
    ),
)
DOSSIER = Dossier(
    heading=heading(),
    minor=LEA,
    status="Suivie",
    referent="Hugo Supposé",
    printed_by="Nadia Exemple",
    opened_on=date(2026, 11, 25),
    measures=("Aide éducative à domicile, jusqu'au 25 mai 2027",),
    events=(
        TimelineEvent(
            on=date(2026, 12, 4),
            what="Entretien",
            text="Léa parle de sa tante.\nElle veut reprendre la musique.",
            source="Hugo Supposé, référent",
        ),
        TimelineEvent(on=date(2026, 11, 25), what="Ouverture de la situation", source="CRIP"),
        TimelineEvent(on=date(2026, 12, 9), what="Soin", hidden=True),
        TimelineEvent(on=date(2027, 1, 5), what="Réunion d'équipe", source="Hugo Supposé"),
    ),
)

RIGHTS_ANSWER = RightsAnswer(
    heading=heading(PARENTS),
    rectification=False,
    received_on=date(2026, 11, 3),
    given="L'état civil de Léa, les dates des rencontres et les décisions qui vous concernent.",
    withheld=("l’identité de la personne qui a alerté (CASF L226-2-2)",),
)

FULL: tuple[Letter, ...] = (
    ACKNOWLEDGEMENT,
    OUTCOME,
    PARENTS_LETTER,
    PARENTS_EXCEPTION,
    TRANSFER_NOTICE,
    EVALUATION_REPORT,
    REPORT,
    SHELTER_PARENTS,
    SHELTER_PROSECUTOR,
    HANDOVER_RECEIPT,
    DOSSIER,
    RIGHTS_ANSWER,
)

_TO = bare_heading(BARE_RECIPIENT)
_CALL = Contact(name="Claire Inventée")

MINIMAL: tuple[Letter, ...] = (
    replace(
        RIGHTS_ANSWER,
        heading=_TO,
        rectification=True,
        given="",
        withheld=(),
        refusal="L'identité n'a pas pu être vérifiée.",
    ),
    replace(
        ACKNOWLEDGEMENT,
        heading=_TO,
        answer=Answer.ON_REQUEST,
        first_analysis_on=None,
        contact=None,
    ),
    replace(OUTCOME, heading=_TO, requested_on=date(2026, 12, 1), contact=None),
    replace(
        PARENTS_LETTER, heading=_TO, why="", first_meeting="", data_protection=None, contact=_CALL
    ),
    replace(
        PARENTS_EXCEPTION,
        heading=bare_heading(),
        minor=BARE_MINOR,
        child_informed=False,
        child_opinion="",
    ),
    replace(TRANSFER_NOTICE, heading=_TO, new_service=_CALL, contact=_CALL, what_is_sent=""),
    EvaluationReport(
        heading=bare_heading(),
        minor=BARE_MINOR,
        received_on=date(2026, 11, 24),
        evaluation_due=date(2027, 2, 24),
        team=(),
        meetings=(),
        minor_was_met=False,
        reported=(),
        minor_opinion="",
        parents_opinion="",
        resources="",
        danger="Risque de danger",
        danger_reasons="",
        proposal="",
    ),
    Report(
        heading=_TO,
        court="Tribunal judiciaire de Port-Inventé",
        minor=BARE_MINOR,
        grounds=(Ground.CANNOT_BE_EVALUATED,),
        facts=(Fact(text="Des sorties la nuit."),),
        urgent=False,
        exploitation=Exploitation.NONE,
        parents_informed=True,
        request="Une mesure d'assistance éducative.",
        by_authority=False,
    ),
    replace(SHELTER_PARENTS, heading=_TO, contact=_CALL),
    replace(
        SHELTER_PROSECUTOR,
        heading=_TO,
        minor=BARE_MINOR,
        contact=_CALL,
        parents_told_at=None,
        parents_not_told_reason="Personne ne répond au téléphone.",
        shelter="",
    ),
    replace(HANDOVER_RECEIPT, heading=bare_heading(), until=None, situations=(), reason="départ"),
    Dossier(
        heading=bare_heading(),
        minor=BARE_MINOR,
        status="Ouverte",
        referent="Hugo Supposé",
        printed_by="Nadia Exemple",
    ),
)
