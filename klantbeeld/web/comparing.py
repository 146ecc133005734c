"""The screens on which two records are compared, and doubtful pairs are judged one by one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klantbeeld.web import forms
from klantbeeld.web.judging import MOST_NOTE
from klantbeeld.web.pages import Invalid, match_pages
from klantbeeld.web.views import actor, screen, wants_part

# What somebody said in this session, to be taken back one after the other.
SAID = "reviewed"
MOST_SAID = 30


@screen
@require_GET
def compare(request: HttpRequest, left_id: str, right_id: str) -> HttpResponseBase:
    """Why two records are one customer or not; other records are chosen by address."""
    left, right = (
        forms.public_id(request, name) or given
        for name, given in (("left", left_id), ("right", right_id))
    )
    if (left, right) != (left_id, right_id):
        return redirect("web:compare", left, right)
    view = match_pages().compare(actor(request), left_id, right_id)
    return render(request, "web/match/compare.html", {"view": view})


@screen
@require_GET
def why_one(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The thinnest thread that holds a customer together."""
    return redirect("web:compare", *match_pages().why_one(actor(request), public_id))


@screen
@require_GET
def why_not(request: HttpRequest, public_id: str, other_id: str) -> HttpResponseBase:
    """Two customers, by the records that are most alike."""
    pair = match_pages().compare_customers(actor(request), public_id, other_id)
    return redirect("web:compare", *pair)


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def compare_search(request: HttpRequest, public_id: str) -> HttpResponse:
    """Find the customer to compare with, by POST as every search."""
    text = forms.search_text(request)
    found = match_pages().compare_search(actor(request), public_id, text)
    name = "hits" if wants_part(request) else "search"
    return render(request, f"web/match/{name}.html", {"found": found})


@screen
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """The most doubtful pair, or the one that follows a skipped one."""
    return _review(request)


def _review(request: HttpRequest, problem: str = "", note: str = "") -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    view = match_pages().review(
        actor(request), forms.plain_key(asked.get("reason", "")),
        forms.plain_key(asked.get("after", "")), asked.get("at", "")[:40],
    )  # fmt: skip
    context = {
        "view": view, "problem": problem, "note": note, "after": asked.get("after", ""),
        "may_undo": bool(request.session.get(SAID)),
    }  # fmt: skip
    status = 422 if problem else 200
    return render(request, "web/match/review.html", context, status=status)


@screen
@require_POST
def judge(request: HttpRequest) -> HttpResponseBase:
    """The same, different or unsure; then the next pair."""
    sent = request.POST
    note = forms.typed(request, "note").strip()[:MOST_NOTE]
    try:
        said = match_pages().judge_pair(
            actor(request), forms.plain_key(sent.get("left", "")),
            forms.plain_key(sent.get("right", "")), sent.get("verdict", ""), note,
        )  # fmt: skip
    except Invalid as error:
        return _review(request, " ".join(error.problems.values()), note)
    word = [said.judgement_id, said.left, said.right]
    held = [one for one in request.session.get(SAID, []) if one != word]
    request.session[SAID] = [*held, word][-MOST_SAID:]
    told = {
        "same": _("The two are one customer now."),
        "different": _("The two stay two customers."),
        "unsure": _("You are unsure: nothing changes, and it is not asked again."),
    }
    undo = reverse("web:review_undo")
    messages.success(request, told[sent["verdict"]], extra_tags=f"undo:{undo}")
    return redirect(_queue(sent.get("reason", ""), sent.get("after", "")))


@screen
@require_POST
def review_undo(request: HttpRequest) -> HttpResponseBase:
    """Take back what was said last in this session, and show that pair again."""
    held = request.session.get(SAID, [])
    if not held:
        messages.info(request, _("There is nothing to take back."))
        return redirect("web:review")
    *before, (judgement, left, right) = held
    match_pages().take_back_review(actor(request), judgement)
    request.session[SAID] = before
    messages.success(request, _("That is taken back; customers are as they were without it."))
    return redirect(_queue("", "", f"{left}-{right}"))


def _queue(reason: str, after: str, at: str = "") -> str:
    parts = {"reason": forms.plain_key(reason), "after": forms.plain_key(after), "at": at}
    kept = {name: value for name, value in parts.items() if value}
    return reverse("web:review") + (f"?{urlencode(kept)}" if kept else "")
