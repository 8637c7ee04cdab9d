"""From the list to the closing, over HTTP, as four people."""

from django.urls import reverse

from detect.concerns.screens.concerns import WRITTEN, fresh, received, to


def test_a_concern_goes_from_the_list_to_its_end(signed_in, nadia, karim, ines):
    concern = received()
    crip, evaluator = signed_in(nadia), signed_in(karim)

    assert concern.receipt in crip.get(reverse("concerns:list")).content.decode()
    shown = crip.get(to("show", concern)).content.decode()
    assert concern.facts in shown
    assert "Qualifier cette information" in shown
    assert fresh(concern).status == "first_analysis"

    page = crip.get(to("qualify", concern)).content.decode()
    assert "échéance légale" in page
    response = crip.post(to("qualify", concern), {"decision": "evaluate", "evaluator": karim.pk})
    assert response.status_code == 302
    assert fresh(concern).status == "under_evaluation"

    assert concern.receipt in evaluator.get(reverse("concerns:evaluations")).content.decode()
    assert evaluator.get(to("evaluate", concern)).status_code == 200
    visit = {"on": "10/03/2026", "place": "collège", "met": "Léa, sa mère", "observations": ""}
    assert evaluator.post(to("visit", concern), visit).status_code == 302
    response = evaluator.post(to("evaluate", concern), WRITTEN | {"submit": "1"})
    assert response["Location"] == to("show", concern)
    assert fresh(concern).status == "evaluated"

    page = crip.get(to("decide", concern)).content.decode()
    assert "Trois fugues depuis février." in page
    response = crip.post(
        to("decide", concern), {"outcome": "no_further_action", "reason": "Situation apaisée."}
    )
    assert response.status_code == 302
    assert fresh(concern).proposed == "no_further_action"
    assert "seconde signature" in crip.get(to("show", concern)).content.decode()

    supervisor = signed_in(ines)
    assert "Situation apaisée." in supervisor.get(to("sign", concern)).content.decode()
    read = {"proposed_at": fresh(concern).proposed_at.isoformat()}
    assert supervisor.post(to("sign", concern), read).status_code == 302
    decided = fresh(concern)
    assert (decided.status, decided.decided_by, decided.signed_by) == ("decided", nadia, ines)

    assert "écrire la lettre" in crip.get(to("notify", concern)).content.decode()
    crip.post(to("notify", concern))
    assert crip.get(to("close", concern)).status_code == 200
    crip.post(to("close", concern))
    assert fresh(concern).status == "closed"
