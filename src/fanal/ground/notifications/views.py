from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, signed_in
from fanal.ground.notifications.models import Notification
from fanal.ground.notifications.use_cases import read_all_notifications, read_notification


@require_safe
@signed_in
def inbox(request: DeskRequest) -> HttpResponse:
    notices = Notification.objects.filter(agent=request.user).unread_first()
    page = Paginator(notices, 25).get_page(request.GET.get("page"))
    unread = notices.unread().count()
    return render(request, "ground/notifications/inbox.html", {"page": page, "unread": unread})


@require_POST
@signed_in
def follow(request: DeskRequest, ref: UUID) -> HttpResponse:
    notice = read_notification(agent=request.user, ref=ref, now=now())
    return redirect(notice.path)


@require_POST
@signed_in
def read_all(request: DeskRequest) -> HttpResponse:
    read_all_notifications(agent=request.user, now=now())
    return redirect("notifications:inbox")
