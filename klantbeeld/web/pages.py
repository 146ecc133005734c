"""Where the screens get what they show: one function a page, found by the setting KLANTBEELD_PAGES.

The setting names the module that fulfils `Pages`. Each function takes the Actor first, gives one
view of `shapes`, and raises `NotFound` for an id that does not exist, `Refused` when the actor may
not, and `Invalid` when what was typed cannot be used.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web import shapes
from klantbeeld.web.shapes import adding, comparing
from klantbeeld.web.shapes import contact as approach
from klantbeeld.web.shapes import matching as decided


class NotFound(LookupError):
    """There is nothing with this id."""


class Refused(PermissionError):
    """The actor's role may not do or see this; the text says what and whom to ask."""


class Invalid(ValueError):
    """What was typed cannot be used; `problems` maps a field to a sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("invalid input")
        self.problems = problems


class Pages(Protocol):
    """One function a screen; a module can fulfil this."""

    def start(self, actor: Actor) -> shapes.StartView:
        """The start page."""

    def sample(self, actor: Actor) -> shapes.SampleView | None:
        """The sample company in this house, None when it is not here."""

    def load_sample(self, actor: Actor) -> None:
        """Have the sample company loaded in the background."""

    def leave_sample(self, actor: Actor) -> None:
        """Have the sample company taken back in the background."""

    def goals(self, actor: Actor) -> shapes.GoalsView:
        """What the company may want to know first, with what is found and missing for it."""

    def choose_goals(self, actor: Actor, keys: Sequence[str]) -> None:
        """Store which goals the company has, in order."""

    def example_files(self, actor: Actor) -> tuple[shapes.Link, ...]:
        """Files to fill in, with where to download each."""

    def example_file(self, actor: Actor, key: str) -> shapes.Download:
        """One file to fill in."""

    def customers(self, actor: Actor, query: shapes.CustomersQuery) -> shapes.CustomersView:
        """A page of the list of customers."""

    def customers_export(self, actor: Actor, query: shapes.CustomersQuery) -> Generator[bytes]:
        """The whole selection as an .xlsx workbook, in chunks."""

    def open_view(self, actor: Actor, view_id: str) -> shapes.CustomersQuery:
        """What a saved view of the list shows."""

    def save_view(
        self, actor: Actor, name: str, query: shapes.CustomersQuery, is_shared: bool
    ) -> str:
        """Save the list as it is shown under a name; gives its id. Raises `Invalid`."""

    def forget_view(self, actor: Actor, view_id: str) -> None:
        """Take a saved view away."""

    def tag(
        self,
        actor: Actor,
        query: shapes.CustomersQuery,
        chosen: Sequence[str] | None,
        text: str,
        remove: bool,
    ) -> shapes.TaggedView:
        """Put a tag on the chosen customers (None: the whole list), or take it off.

        Raises `Invalid`.
        """

    def card(self, actor: Actor, public_id: str, query: shapes.TimelineQuery) -> shapes.CardView:
        """A customer's card with the first page of the history."""

    def timeline(
        self, actor: Actor, public_id: str, query: shapes.TimelineQuery
    ) -> shapes.TimelinePage:
        """A page of a customer's history."""

    def entry(self, actor: Actor, public_id: str, entry_id: str) -> shapes.EntryView:
        """One entry of the history, unfolded."""

    def document(
        self, actor: Actor, public_id: str, document_id: str, entry_id: str
    ) -> shapes.Download:
        """A document of the customer, or one that came with an entry ("" for none)."""

    def customer_export(self, actor: Actor, public_id: str) -> bytes:
        """Everything known of the customer, as JSON in UTF-8."""

    def split_view(self, actor: Actor, public_id: str, chosen: Sequence[str]) -> shapes.SplitView:
        """The customer's records, and who keeps what when the chosen ones leave."""

    def split(
        self, actor: Actor, public_id: str, chosen: Sequence[str], note: str
    ) -> shapes.Judged:
        """Take the chosen records out of the customer. Raises `Invalid` when that cannot be."""

    def merge_search(self, actor: Actor, public_id: str, text: str) -> shapes.MergeSearch:
        """Customers to merge with: those found, or, without text, those that resemble."""

    def merge_view(self, actor: Actor, public_id: str, other_id: str) -> shapes.MergeView:
        """Two customers, and what would be known of them as one."""

    def merge(self, actor: Actor, public_id: str, other_id: str, note: str) -> shapes.Judged:
        """Merge two customers. Raises `Invalid` when that cannot be."""

    def judgements(self, actor: Actor, public_id: str) -> shapes.JudgementsView:
        """Who said what about a customer."""

    def take_back_judgement(self, actor: Actor, public_id: str, judgement_id: str) -> str:
        """Take back what was said; gives the id of the card to show."""

    def search(self, actor: Actor, text: str) -> shapes.SearchView:
        """Customers found by name, address, identifier or order number; and what it may ask."""

    def ask(self, actor: Actor, query: shapes.AskQuery) -> shapes.AskView:
        """The answer to a question; of an empty query the questions that can be asked."""

    def checkup(self, actor: Actor) -> shapes.CheckupView:
        """How good the data are: doubles, wrong and missing values, per source."""

    def checkup_rows(self, actor: Actor, what: str, source: int) -> shapes.CheckRowsView:
        """The first rows behind a figure of the check-up, of one source or all (0)."""

    def enter_fields(
        self, actor: Actor, values: Mapping[str, str], problems: Mapping[str, str]
    ) -> tuple[shapes.EnterField, ...]:
        """The form for a new customer, with what was typed and what is wrong with it."""

    def doubles(self, actor: Actor, values: Mapping[str, str]) -> tuple[shapes.Hit, ...]:
        """Customers who are much like what is being typed."""

    def enter_customer(
        self,
        actor: Actor,
        values: Mapping[str, str],
        note: str,
        keep: str = "mask",
        *,
        came_back: bool = False,
    ) -> shapes.EnteredView:
        """Enter a customer. Raises `Invalid`, with the field "" for the whole.

        With the field ``came_back`` where somebody with these details was erased: what `came_back`
        would say of him.
        """

    def enter_note(
        self, actor: Actor, public_id: str, text: str, kind: str, keep: str = "mask"
    ) -> shapes.EnteredView:
        """Write a note (note, observation or remark) about a customer. Raises `Invalid`."""

    def take_back_entry(self, actor: Actor, entry_id: str) -> str:
        """Take back what was entered; gives the card to show, "" when that went with it."""

    def deliveries(self, actor: Actor, before: str) -> shapes.DeliveriesView:
        """Sources, and a page of their deliveries older than `before` ("" for the newest)."""

    def delivery(self, actor: Actor, public_id: str) -> shapes.DeliveryView:
        """One delivery."""

    def undo_delivery(self, actor: Actor, public_id: str) -> shapes.UndoPreview:
        """Undo a delivery; gives what was taken away."""

    def quarantine(self, actor: Actor, reason: str, before: str) -> shapes.QuarantineView:
        """A page of quarantined rows, of one reason or all ("")."""

    def quarantined(self, actor: Actor, public_id: str) -> shapes.MendView:
        """One quarantined row to mend."""

    def mend(self, actor: Actor, public_id: str, values: Mapping[str, str]) -> str:
        """Store a row with mended values; gives the id of the next row in quarantine or "".

        Raises `Invalid` with the problems that remain.
        """

    def discard(self, actor: Actor, public_id: str) -> str:
        """Leave a row out for good (counted as rejected); gives the next id or ""."""


class AddPages(Protocol):
    """The screens of adding data; an intake is files on their way in."""

    def add(self, actor: Actor) -> adding.AddView:
        """The page to add files on."""

    def add_files(self, actor: Actor, files: Iterable[tuple[str, Iterable[bytes]]]) -> str:
        """Keep files, (name, pieces) each, and have them read; gives the intake's id."""

    def intake(self, actor: Actor, public_id: str) -> adding.IntakeHead:
        """Which files these are and how far they are."""

    def intake_progress(self, actor: Actor, public_id: str) -> adding.ProgressView:
        """How far the work in the background is."""

    def intake_columns(self, actor: Actor, public_id: str) -> adding.ColumnsView:
        """What was recognised."""

    def choose_columns(
        self,
        actor: Actor,
        public_id: str,
        tables: Mapping[int, tuple[str, Mapping[int, str]]],
        cells: Mapping[tuple[int, int, int], str],
    ) -> None:
        """Table to what it holds and column place to role; cells by table, row, column place.

        Raises `Invalid` when two columns would be one thing.
        """

    def intake_contact(self, actor: Actor, public_id: str) -> adding.ContactView:
        """What is asked about the people in the files."""

    def answer_contact(
        self, actor: Actor, public_id: str, answers: Mapping[int, Mapping[str, Any]]
    ) -> None:
        """Note the answers by place of the source, and begin the trial run. Raises `Invalid`."""

    def intake_trial(
        self, actor: Actor, public_id: str, verdict: str, first: int
    ) -> adding.TrialView:
        """What loading would do, with the rows of one verdict or all ("") from a place on."""

    def go_on(
        self, actor: Actor, public_id: str, step: str, cells: Mapping[tuple[int, int, int], str]
    ) -> None:
        """Go on with try, load, undo, drop or again. Raises `Invalid` when that is past."""

    def intake_result(self, actor: Actor, public_id: str) -> adding.ResultView:
        """What loading came to."""

    def intake_doubles(self, actor: Actor, public_id: str) -> adding.DoublesView:
        """The customers who are made of several records."""

    def intake_export(self, actor: Actor, public_id: str) -> Generator[bytes]:
        """The customers of these files as an .xlsx workbook, in chunks."""

    def intake_failed(self, actor: Actor, public_id: str) -> adding.FailedView:
        """Why it failed and what to do."""


class MatchPages(Protocol):
    """The screens on which people judge matching: why, why not, and the doubtful pairs."""

    def compare(self, actor: Actor, left_id: str, right_id: str) -> comparing.CompareView:
        """Why two records are one customer, or are not."""

    def compare_customers(self, actor: Actor, public_id: str, other_id: str) -> tuple[str, str]:
        """Of two customers the two records that are most alike."""

    def why_one(self, actor: Actor, public_id: str) -> tuple[str, str]:
        """The two records that hold a customer together most thinly."""

    def compare_search(self, actor: Actor, public_id: str, text: str) -> shapes.MergeSearch:
        """Customers to compare with: those found, or, without text, those that resemble."""

    def review(self, actor: Actor, reason: str, after: str, at: str) -> comparing.ReviewView:
        """The doubtful pair to judge: that `at` two records, that after another, or the first."""

    def judge_pair(
        self, actor: Actor, left_id: str, right_id: str, verdict: str, note: str
    ) -> comparing.Reviewed:
        """Say of two records same, different or unsure. Raises `Invalid` when that cannot be."""

    def take_back_review(self, actor: Actor, judgement_id: str) -> None:
        """Take back what was said of a pair."""

    def matching(self, actor: Actor) -> decided.MatchingView:
        """How matching decides, what was tried, and the report of the last match."""

    def try_matching(self, actor: Actor, told: Mapping[str, Any]) -> str:
        """Have changed rules tried in the background; gives the experiment. Raises `Invalid`."""

    def experiment(self, actor: Actor, public_id: str) -> decided.ExperimentView:
        """What a change would do."""

    def go_on_matching(self, actor: Actor, public_id: str, state: str) -> None:
        """Apply (applying), undo (undoing) or drop (dropped). Raises `Invalid`."""

    def keys(self, actor: Actor) -> decided.KeysView:
        """The keys of other programs."""

    def make_key(
        self, actor: Actor, name: str, rights: Sequence[str], source: str, days: str
    ) -> str:
        """Make a key; gives its secret, which is never shown again. Raises `Invalid`."""

    def revoke_key(self, actor: Actor, public_id: str) -> None:
        """Withdraw a key."""


class ContactPages(Protocol):
    """The screens about contact: may we, what was said, and people's own pages by a link."""

    def contact(
        self, actor: Actor, public_id: str, query: approach.ContactQuery
    ) -> approach.ContactView:
        """May we contact this customer, for this purpose, on this day; and the ledger up to it."""

    def say_consent(self, actor: Actor, public_id: str, told: Mapping[str, str]) -> bool:
        """Note what somebody said; whether a confirmation is asked for. Raises `Invalid`."""

    def withdraw(self, actor: Actor, public_id: str, channel: str, evidence: str) -> None:
        """No more over a channel, or over none ("all"). Raises `Invalid`."""

    def prefer_contact(self, actor: Actor, public_id: str, channel: str, form: str) -> None:
        """How somebody likes to be approached."""

    def note_contact(
        self, actor: Actor, public_id: str, kind: str, value: bool, day: date | None
    ) -> None:
        """Record something beside consent, as of a day (None: today). Raises `Invalid`."""

    def contact_settings(self, actor: Actor) -> approach.ContactSettings:
        """What the company says of itself as a sender."""

    def choose_contact(
        self,
        actor: Actor,
        told: Mapping[str, str],
        weighed: tuple[str, ...],
        ways: Mapping[str, tuple[str, str]],
    ) -> None:
        """Keep that, and by source how its addresses came in. Raises `Invalid`."""

    def heed_signal(self, actor: Actor, page: str, text: str) -> None:
        """A browser opts out of sale and sharing for whoever the link of a page is of."""

    def confirm_page(self, actor: Actor, text: str) -> approach.OwnPage:
        """What a link to confirm shows; nothing is confirmed by looking."""

    def confirm(self, actor: Actor, text: str) -> approach.OwnPage:
        """Confirm."""

    def out_page(self, actor: Actor, text: str) -> approach.OwnPage:
        """What a link to unsubscribe shows."""

    def out(self, actor: Actor, text: str) -> approach.OwnPage:
        """Unsubscribe, again and again without harm."""

    def preferences_page(self, actor: Actor, text: str) -> approach.OwnPage:
        """What somebody gets and how he likes it."""

    def choose_own(
        self,
        actor: Actor,
        text: str,
        out_of: tuple[str, ...] | None,
        preference: tuple[str, str],
    ) -> approach.OwnPage:
        """Out of these channels (None: all), and how he likes it."""


def contact_pages() -> ContactPages:
    """The page functions about contact of this installation."""
    return cast(ContactPages, import_module(settings.KLANTBEELD_PAGES))


def match_pages() -> MatchPages:
    """The page functions of judging matches of this installation."""
    return cast(MatchPages, import_module(settings.KLANTBEELD_PAGES))


def add_pages() -> AddPages:
    """The page functions of adding data of this installation."""
    return cast(AddPages, import_module(settings.KLANTBEELD_PAGES))


def pages() -> Pages:
    """The page functions of this installation."""
    return cast(Pages, import_module(settings.KLANTBEELD_PAGES))
