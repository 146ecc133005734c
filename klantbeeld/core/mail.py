"""Mail that goes out: through Django's mail backend, or honestly not at all.

A house without a mail server, a sender's address or an address of its own for links sends nothing;
what wants to be sent waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage


class NoMail(RuntimeError):
    """No mail can be sent from this house."""


def is_set_up() -> bool:
    """Whether mail can be sent: there is a server, a sender, and an address for links."""
    return bool(settings.MAIL_SERVER and settings.MAIL_FROM and settings.PUBLIC_ADDRESS)


def link(path: str) -> str:
    """The address, for people outside, of a page of this house."""
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{path}"


def send(to: str, subject: str, text: str, headers: Mapping[str, str]) -> None:
    """Send one mail of plain text. Raises `NoMail`, or what the mail server answers."""
    if not is_set_up():
        raise NoMail("No mail is set up.")
    one_line = " ".join(subject.split())
    EmailMessage(one_line, text, settings.MAIL_FROM, [to], headers=dict(headers)).send()


def server(address: str) -> dict[str, object]:
    """Django's settings for `smtp://user:password@host:587` (STARTTLS) or `smtps://` (TLS).

    `?tls=0` leaves STARTTLS out, for a server on the same machine.
    """
    parts = urlsplit(address)
    is_tls = parts.scheme == "smtps"
    starts_tls = not is_tls and parse_qs(parts.query).get("tls", ["1"])[0] != "0"
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if is_tls else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": starts_tls,
    }
