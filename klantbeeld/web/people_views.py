"""The screens of employees, permissions, log-ins and the log: parse, one call, render."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klantbeeld.accounts.actions import accept_invitation
from klantbeeld.accounts.errors import UnknownPerson
from klantbeeld.accounts.models import Invitation
from klantbeeld.accounts.reads import purposes
from klantbeeld.web import forms, preferences
from klantbeeld.web.pages import Invalid
from klantbeeld.web.people_pages import people_pages
from klantbeeld.web.sending import attached
from klantbeeld.web.views import actor, screen

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
READING = ["GET", "HEAD", "POST"]
MOST = 200
BREACH = ("who", "since", "until")
LOG = ("before", "who", "kind", "from", "to")


def _told(request: HttpRequest, names: Sequence[str]) -> dict[str, str]:
    return {name: forms.typed(request, name).strip()[:MOST] for name in names}


@screen
@require_GET
def employees(request: HttpRequest) -> HttpResponse:
    """Employees, teams and invitations."""
    return _employees(request)


def _employees(request: HttpRequest, problems: Sequence[str] = (), link: str = "") -> HttpResponse:
    view = people_pages().employees(actor(request))
    context = {"view": view, "problems": problems, "link": link}
    status = 422 if problems else 200
    return render(request, "web/people/employees.html", context, status=status)


@screen
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """An invitation; no mail is sent from here, so the link is shown, once."""
    told = _told(request, ("email", "name", "role", "team", "reach"))
    try:
        token = people_pages().invite(actor(request), told)
    except Invalid as error:
        return _employees(request, list(error.problems.values()))
    return _employees(
        request, link=request.build_absolute_uri(reverse("web:invitation", args=[token]))
    )


@screen
@require_POST
def change_employee(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Another role, team or reach."""
    told = _told(request, ("role", "team", "reach"))
    try:
        people_pages().change_employee(actor(request), public_id, told)
    except Invalid as error:
        return _employees(request, list(error.problems.values()))
    messages.success(request, _("Changed. It counts from the next page on."))
    return redirect("web:employees")


@screen
@require_POST
def act_on_employee(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Take away access, end log-ins, or take off the second step."""
    act = forms.plain_key(request.POST.get("act", ""))
    try:
        people_pages().act_on_employee(actor(request), public_id, act)
    except Invalid as error:
        return _employees(request, list(error.problems.values()))
    messages.success(request, _("Done."))
    return redirect("web:employees")


@screen
@require_POST
def withdraw_invitation(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Nobody uses it any more."""
    people_pages().withdraw_invitation(actor(request), public_id)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("web:employees")


@screen
@require_POST
def make_team(request: HttpRequest) -> HttpResponseBase:
    """A new team."""
    try:
        people_pages().make_team(actor(request), forms.typed(request, "name")[:100])
    except Invalid as error:
        return _employees(request, list(error.problems.values()))
    return redirect("web:employees")


@screen
@require_POST
def remove_team(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A team less."""
    people_pages().remove_team(actor(request), public_id)
    return redirect("web:employees")


@screen
@require_POST
def two_steps(request: HttpRequest) -> HttpResponseBase:
    """Whether a second step is compulsory."""
    is_required = request.POST.get("is_required") == "yes"
    try:
        people_pages().choose_two_steps(
            actor(request), is_required, forms.typed(request, "days")[:3]
        )
    except Invalid as error:
        return _employees(request, list(error.problems.values()))
    messages.success(request, _("Stored."))
    return redirect("web:employees")


@screen
@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """Who may what."""
    view = people_pages().rights(actor(request))
    return render(request, "web/people/rights.html", {"view": view})


@never_cache
@require_http_methods(READING)
def accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """Who was invited chooses a password; the link works once."""
    held = Invitation.opened_by(token)
    problems: list[str] = []
    if held is not None and request.method == "POST":
        one, two = (request.POST.get(name, "")[:MOST] for name in ("password", "again"))
        try:
            if one != two:
                raise ValidationError(_("The two passwords differ."))
            user = accept_invitation(held.as_actor(), token, one)
        except ValidationError as error:
            problems = list(error.messages)
        except (UnknownPerson, ValueError):
            held = None
        else:
            login(request, user, backend=BACKEND)
            return redirect("web:start")
    status = 404 if held is None else 422 if problems else 200
    context = {"invitation": held, "problems": problems}
    return render(request, "account/invitation.html", context, status=status)


@screen
@require_GET
def log_ins(request: HttpRequest) -> HttpResponse:
    """One's own log-ins."""
    rows = people_pages().log_ins(actor(request), request.session.session_key or "")
    return render(request, "web/people/log_ins.html", {"rows": rows})


@screen
@require_POST
def end_log_in(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """End one of one's log-ins."""
    return _end(request, public_id)


@screen
@require_POST
def end_log_ins(request: HttpRequest) -> HttpResponseBase:
    """End all one's other log-ins."""
    return _end(request, "")


def _end(request: HttpRequest, public_id: str) -> HttpResponseBase:
    ended = people_pages().end_log_in(actor(request), public_id, request.session.session_key or "")
    text = ngettext("%(n)s log-in is ended.", "%(n)s log-ins are ended.", ended)
    messages.success(request, text % {"n": ended})
    return redirect("web:log_ins")


@screen
@require_POST
def purpose(request: HttpRequest) -> HttpResponseBase:
    """For what one reads from now on, in this log-in."""
    chosen = request.POST.get(preferences.PURPOSE, "")
    if chosen in purposes(actor(request)):
        request.session[preferences.PURPOSE] = chosen
    return redirect("web:start")


@screen
@require_GET
def looked(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who looked at a customer."""
    view = people_pages().looked(actor(request), public_id)
    return render(request, "web/people/looked.html", {"view": view})


@screen
@require_POST
def follow(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Who follows a customer from now on."""
    key = request.POST.get("follower", "")[:20]
    try:
        people_pages().follow(actor(request), public_id, key)
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    else:
        messages.success(request, _("Stored."))
    return redirect("web:card", public_id)


@screen
@require_POST
def break_glass(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """See a customer out of reach for an hour."""
    reason = forms.typed(request, "reason")[:500]
    try:
        people_pages().break_glass(actor(request), public_id, reason)
    except Invalid as error:
        context = {"public_id": public_id, "problem": " ".join(error.problems.values())}
        return render(request, "web/people/out_of_reach.html", context, status=422)
    messages.warning(request, _("You see this customer for an hour. Others were told."))
    return redirect("web:card", public_id)


@screen
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The log of who did and saw what."""
    return _log(request)


def _log(request: HttpRequest, problems: Sequence[str] = ()) -> HttpResponse:
    told = {name: request.GET.get(name, "")[:MOST] for name in LOG}
    view = people_pages().log(actor(request), told)
    context = {"view": view, "problems": problems}
    status = 422 if problems else 200
    return render(request, "web/people/log.html", context, status=status)


@screen
@require_POST
def log_export(request: HttpRequest) -> HttpResponseBase:
    """The part of the log that is shown, as a file."""
    return attached(people_pages().log_export(actor(request), _told(request, LOG)))


@screen
@require_POST
def notice(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Somebody looked at an alarm."""
    try:
        is_end = request.POST.get("end") == "yes"
        people_pages().notice(actor(request), public_id, is_end)
    except Invalid as error:
        return _log(request, list(error.problems.values()))
    if is_end:
        messages.success(request, _("Ended: the customer is out of reach again from now on."))
    return redirect("web:log")


@screen
@require_http_methods(READING)
def breach(request: HttpRequest) -> HttpResponseBase:
    """Whom an account or key touched: shown first, then as a file."""
    is_asked = request.method == "POST"
    source = request.POST if is_asked else request.GET
    told = {name: source.get(name, "").strip()[:MOST] for name in BREACH}
    try:
        if is_asked:
            return attached(people_pages().breach(actor(request), told))
        view = people_pages().breach_preview(actor(request), told)
    except Invalid as error:
        return _log(request, list(error.problems.values()))
    return render(request, "web/people/breach.html", {"view": view})
