"""The screen on which it is noted when one customer was told what is done with his data."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klantbeeld.web import forms
from klantbeeld.web.informing_pages import inform_pages
from klantbeeld.web.pages import Invalid
from klantbeeld.web.sending import attached
from klantbeeld.web.shapes import Download
from klantbeeld.web.views import actor, screen

MOST, MOST_SOURCES = 500, 200


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def informed(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Each source of a customer with its due date; by POST it is noted that he was told.

    With `as` letter or mail: what he is to be told.
    """
    problems: dict[str, str] = {}
    if request.method == "POST":
        told = {name: forms.typed(request, name).strip()[:MOST] for name in ("day", "how", "note")}
        sources = [key[:MOST] for key in request.POST.getlist("source")[:MOST_SOURCES]]
        try:
            inform_pages().note_informed(actor(request), public_id, sources, told)
        except Invalid as error:
            problems = dict(error.problems)
        else:
            messages.success(request, _("It is noted."))
            return redirect("web:informed", public_id)
    kind = forms.key(request, "as")
    if kind in ("letter", "mail"):
        return _letter(request, public_id, kind)
    view = inform_pages().informed(actor(request), public_id)
    status = 422 if problems else 200
    context = {"view": view, "problems": problems}
    return render(request, "web/privacy/informed.html", context, status=status)


def _letter(request: HttpRequest, public_id: str, kind: str) -> HttpResponseBase:
    """What the customer is to be told: a page to print, or a draft for the program of mail."""
    language = "en" if forms.key(request, "language") == "en" else "nl"
    letter = inform_pages().informed_letter(actor(request), public_id, language)
    if kind == "letter":
        return render(request, "web/privacy/letter.html", {"letter": letter, "paper": letter.paper})
    text = render_to_string("web/privacy/letter.txt", {"letter": letter, "paper": letter.paper})
    draft = EmailMessage(policy=SMTP)
    # Programs of mail open it to be looked at and sent, and do not send it by themselves.
    draft["X-Unsent"] = "1"
    draft["Subject"] = letter.paper.title
    for name, address in (("From", letter.reply_to), ("To", letter.email)):
        if address.isprintable() and "@" in address:
            draft[name] = address
    draft.set_content(text)
    return attached(Download(f"{public_id}.eml", "message/rfc822", draft.as_bytes()))
