"""The second step of logging in: a wrong code is written down, and counts for the lock-out."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.base import forms
from axes.handlers.proxy import AxesProxyHandler
from django.forms import ValidationError

from klantbeeld.accounts.adapter import STRANGER
from klantbeeld.core import looks


class _Counted:
    """A form with a code; `user` has given the right password before."""

    user: Any

    def clean_code(self) -> str:
        """The code. Raises `ValidationError`, also while the account is locked out here."""
        request, told = context.request, {"username": self.user.email}
        if not AxesProxyHandler.is_allowed(request, told):
            # The middleware answers with the page of the lock-out.
            request.axes_locked_out, request.axes_credentials = True, told
            raise ValidationError("locked out")
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            looks.note(STRANGER, "refused", "code_failed", account=self.user.pk)
            AxesProxyHandler.user_login_failed(type(self), told, request)
            raise


class AuthenticateForm(_Counted, forms.AuthenticateForm):  # type: ignore[misc]
    """At logging in."""


class ReauthenticateForm(_Counted, forms.ReauthenticateForm):  # type: ignore[misc]
    """Before something that asks for it once more."""
