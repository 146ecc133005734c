"""What a company wants to know first: each goal with the data it needs and the screens it shapes.

One table. `NEEDS` says how much there is of each kind of data, and how to bring it; `GOALS` which
of those a goal rests on, which figures of the start page and which panels of the card come first
when it is chosen, and where the answer stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klantbeeld.pipeline.reads import Holdings

Text = str | Promise
YEAR = 365


@dataclass(frozen=True)
class Need:
    """A kind of data: `count` of it, `found` says so with %(n)s, `bring` how to get it here.

    `template` is the example file to fill in, "" when there is none.
    """

    key: str
    label: Text
    found: Text
    bring: Text
    count: Callable[[Holdings], int]
    template: str = ""


@dataclass(frozen=True)
class Goal:
    """A question; `facts` and `panels` are keys of what comes first on start page and card.

    `list` are filters of the list of customers that answer it.
    """

    key: str
    label: Text
    question: Text
    icon: str
    needs: tuple[str, ...]
    facts: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    list: Mapping[str, str] = field(default_factory=dict)


def _years(held: Holdings) -> int:
    """Months between the first and the last order, 0 when that is less than a year."""
    if held.orders_from is None or held.orders_to is None:
        return 0
    days = held.orders_to - held.orders_from
    return days // 30 if days >= YEAR else 0


_NEEDS = (
    Need("customers", _("Customers"), _("%(n)s customers"),
         _("An export of your CRM, administration or address book, or any Excel with names."),
         lambda held: held.customers, "customers"),
    Need("orders", _("Orders"), _("%(n)s orders"),
         _("An export of orders or invoices from your webshop, till or administration."),
         lambda held: held.of("order"), "orders"),
    Need("order_years", _("Orders of more than a year"), _("orders over %(n)s months"),
         _("Export orders of at least the last two years: only then a silence means something."),
         _years, "orders"),
    Need("consents", _("Permissions"), _("known of %(n)s customers"),
         _("A column in your list of customers that says who may be mailed, such as Newsletter."),
         lambda held: held.consents, "newsletter"),
    Need("complaints", _("Complaints"), _("%(n)s complaints"),
         _("Your list of complaints or the export of your service desk, with date and state."),
         lambda held: held.of("complaint"), "complaints"),
    Need("newsletter", _("Newsletters opened and clicked"), _("%(n)s sent, opened or clicked"),
         _("The report of your newsletter tool per recipient: sent, opened, clicked."),
         lambda held: held.of("newsletter_sent", "newsletter_opened", "newsletter_clicked"),
         "newsletter"),
    Need("logins", _("Log-ins on the portal"), _("%(n)s log-ins"),
         _("The log of your customer portal: moment and customer number or e-mail."),
         lambda held: held.of("login", "portal_use")),
    Need("visits", _("Visits to the website"), _("%(n)s page views and searches"),
         _("An export of your web statistics with a customer number or an e-mail."),
         lambda held: held.of("page_view", "product_view", "search", "cart", "configuration")),
    Need("subscriptions", _("Subscriptions"), _("%(n)s subscriptions"),
         _("The list of subscriptions or contracts, with start, end and amount."),
         lambda held: held.subscriptions, "subscriptions"),
    Need("quotes", _("Quotes and requests"), _("%(n)s quotes and requests"),
         _("An export of quotes from your CRM or administration, with date, amount and state."),
         lambda held: held.of("quote", "request", "lead", "configuration")),
    Need("contacts", _("Mail, calls and visits"), _("%(n)s moments of contact"),
         _("The mailbox of service (.mbox), or an export of calls and visits."),
         lambda held: held.of("mail", "call", "chat", "visit", "meeting", "letter", "question")),
    Need("second_source", _("A second list"), _("%(n)s customers stand in more than one list"),
         _("Another list with the same people, such as newsletter or webshop beside the CRM."),
         lambda held: held.multiple, "customers"),
)  # fmt: skip
NEEDS: Mapping[str, Need] = {need.key: need for need in _NEEDS}

_GOALS = (
    Goal("revenue", _("Revenue per customer"),
         _("Who are my best customers, and what do they bring?"),
         "star", ("customers", "orders"), ("revenue_12m", "revenue"), ("purchases",),
         {"sort": "-revenue"}),
    Goal("leaving", _("Customers who leave"), _("Who bought before, and not any more?"),
         "trending-down", ("orders", "order_years"), ("bought",), ("purchases", "subscriptions"),
         {"f_ordered": "year", "sort": "-revenue"}),
    Goal("complaints", _("Complaints"), _("Who complained, and what is still open?"),
         "alert-circle", ("complaints",), ("complaints",), ("cases",), {"f_complaint": "open"}),
    Goal("newsletter", _("Newsletter"), _("Who reads the newsletter, and what about?"),
         "news", ("newsletter", "consents"), ("mail",), ("campaigns", "interests"),
         {"f_consent": "mail_yes"}),
    Goal("portal", _("Portal and website"), _("Who uses the portal, and what do they look for?"),
         "login", ("logins", "visits"), ("interactions",), ("portal",),
         {"sort": "-last_contact"}),
    Goal("permission", _("Whom may I approach"), _("Whom may I mail or call, and who said no?"),
         "shield-check", ("customers", "consents"), ("mail",), (), {"f_consent": "mail_yes"}),
    Goal("subscriptions", _("Subscriptions"), _("What runs, and what ends soon?"),
         "repeat", ("subscriptions",), (), ("subscriptions",), {"group": "active"}),
    Goal("quotes", _("Quotes and requests"), _("Who asked for something, and bought nothing yet?"),
         "file-text", ("quotes",), (), ("quotes",), {"group": "potential"}),
    Goal("contact", _("What was said"), _("Who spoke to this customer last, and what was agreed?"),
         "messages", ("contacts",), ("interactions",), ("cases", "documents"),
         {"sort": "-last_contact"}),
    Goal("doubles", _("One customer, one card"), _("Who stands in my lists more than once?"),
         "git-merge", ("customers", "second_source"), ("customers",), (), {"sort": "name"}),
)  # fmt: skip
GOALS: Mapping[str, Goal] = {goal.key: goal for goal in _GOALS}


def known(keys: tuple[str, ...]) -> tuple[Goal, ...]:
    """The goals with these keys; one that is no longer offered is left out."""
    return tuple(GOALS[key] for key in keys if key in GOALS)
