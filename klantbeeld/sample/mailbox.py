"""servicemail.mbox: the mailbox of customer service, questions and answers, with attachments."""

from __future__ import annotations

import base64
import binascii
import email.utils
import html
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from klantbeeld.sample import catalogue, papers, phrases, story
from klantbeeld.sample.cases import Case
from klantbeeld.sample.ledger import NOBODY, QUARANTINED, Ledger, Row, Subject
from klantbeeld.sample.model import Model
from klantbeeld.sample.pen import Pen
from klantbeeld.sample.people import Person
from klantbeeld.sample.population import plain
from klantbeeld.sample.world import DAYS

FILE, TABLE = "servicemail.mbox", "servicemail"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SERVICE = catalogue.SERVICE_ADDRESS


@dataclass(slots=True)
class Letter:
    """One mail before it is written out."""

    number: int
    at: datetime
    sender: tuple[str, str]
    to: list[tuple[str, str]]
    subject: str
    text: str
    thread: str = ""
    copies: list[tuple[str, str]] = field(default_factory=list)
    attachment: tuple[str, str, bytes] | None = None
    as_html: bool = False
    charset: str = "utf-8"

    @property
    def message_id(self) -> str:
        host = self.sender[1].rpartition("@")[2] or "example.nl"
        return f"<{self.number:06d}.{self.at:%Y%m%d%H%M%S}@{host}>"


def encoded_word(text: str, charset: str = "utf-8") -> str:
    """A header value; RFC 2047 base64 words when it is not ASCII, folded at 45 bytes."""
    if text.isascii():
        return text
    words, chunk = [], ""
    for sign in text:
        if len((chunk + sign).encode(charset, "replace")) > 42:
            words.append(chunk)
            chunk = ""
        chunk += sign
    words.append(chunk)
    return "\n ".join(
        f"=?{charset}?B?{base64.b64encode(one.encode(charset, 'replace')).decode()}?="
        for one in words
    )


def _address(pair: tuple[str, str]) -> str:
    name, mail = pair
    if not name:
        return mail
    return f"{encoded_word(name)} <{mail}>" if not name.isascii() else f'"{name}" <{mail}>'


def _text_part(kind: str, text: str, charset: str) -> str:
    body = text.encode(charset, "replace")
    if charset == "utf-8":
        packed = binascii.b2a_qp(body, istext=True).decode()
        encoding = "quoted-printable"
    else:
        packed = base64.encodebytes(body).decode()
        encoding = "base64"
    return (
        f'Content-Type: text/{kind}; charset="{charset}"\n'
        f"Content-Transfer-Encoding: {encoding}\n\n{packed}\n"
    )


def _content(letter: Letter) -> str:
    """Body with its own headers: plain, alternative, or mixed with an attachment."""
    text = _text_part("plain", letter.text, letter.charset)
    edge = f"=-grens-{letter.number:06d}"
    if letter.as_html:
        page = "".join(f"<p>{html.escape(line)}</p>\n" for line in letter.text.split("\n\n"))
        rich = _text_part("html", f"<html><body>{page}</body></html>", letter.charset)
        inner = f"{edge}-a"
        text = (
            f'Content-Type: multipart/alternative; boundary="{inner}"\n\n'
            f"--{inner}\n{text}--{inner}\n{rich}--{inner}--\n"
        )
    if letter.attachment is None:
        return text
    name, media, data = letter.attachment
    packed = base64.encodebytes(data).decode()
    return (
        f'Content-Type: multipart/mixed; boundary="{edge}"\n\n--{edge}\n{text}'
        f'--{edge}\nContent-Type: {media}; name="{name}"\n'
        f'Content-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{packed}--{edge}--\n"
    )


def _render(letter: Letter) -> str:
    local = letter.at.replace(tzinfo=AMSTERDAM)
    headers = [
        f"From: {_address(letter.sender)}",
        f"To: {', '.join(_address(one) for one in letter.to)}",
    ]
    if letter.copies:
        headers.append(f"Cc: {', '.join(_address(one) for one in letter.copies)}")
    headers += [
        f"Subject: {encoded_word(letter.subject, letter.charset)}",
        f"Date: {email.utils.format_datetime(local)}",
        f"Message-ID: {letter.message_id}",
    ]
    if letter.thread:
        headers += [f"In-Reply-To: {letter.thread}", f"References: {letter.thread}"]
    headers.append("MIME-Version: 1.0")
    message = "\n".join(headers) + "\n" + _content(letter)
    # The mbox rule: a line that starts with From is quoted.
    lines = [f">{line}" if line.startswith("From ") else line for line in message.split("\n")]
    stamp = local.astimezone(UTC).strftime("%a %b %d %H:%M:%S %Y")
    return f"From {letter.sender[1] or 'MAILER-DAEMON'} {stamp}\n" + "\n".join(lines) + "\n"


class Mailbox:
    """Turns cases that ran by mail, and some loose questions, into threads."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.ledger = Ledger(FILE, TABLE)
        self._pen = Pen(model.world.random("mail"), self.ledger.mess, self.ledger.flaws)
        # Letter, kind, party.
        self.letters: list[tuple[Letter, str, int]] = []

    def fill(self) -> None:
        desk_number = 0
        for case in self._model.cases:
            desk_number += case.in_desk
            if case.in_mail:
                self._thread(case, f"SD{desk_number + 5000}")
        self._mails_to_three()

    def _correspondent(self, case: Case) -> tuple[str, str]:
        world, pen = self._model.world, self._pen
        one, person = world.party(case.party), world.speaker(case.party)
        mail = person.email
        if isinstance(one, Person):
            if one.second_email and pen.draw.random() < 0.3:
                mail = one.second_email
            elif one.family_email and pen.chance(0.25, "shared_mailbox"):
                mail = one.family_email
        else:
            mail = (
                one.email if pen.draw.random() < 0.4 else f"{plain(person.first_name)}@{one.domain}"
            )
        if case.is_story:
            mail = person.email
        contact = person.index if not isinstance(one, Person) else NOBODY
        self.ledger.know(Subject(mail, case.party, contact))
        name = person.full_name if pen.draw.random() < 0.75 else ""
        return name, mail

    def _put(self, letter: Letter, kind: str, party: int) -> str:
        self.letters.append((letter, kind, party))
        return letter.message_id

    def _thread(self, case: Case, case_number: str) -> None:
        draw, world = self._pen.draw, self._model.world
        customer, desk = self._correspondent(case), (catalogue.COMPANY, SERVICE)
        subject = draw.choice(phrases.SUBJECTS[case.cause])
        text = self._question(case)
        if case.is_story:
            subject = story.SUBJECT
            text = story.BODY.format(code=story.CAMPAIGN, order=case.order_number)
        end = world.moment(DAYS)
        first = Letter(
            len(self.letters), case.opened, customer, [("", SERVICE)], subject, text,
            attachment=self._attachment(case), as_html=draw.random() < 0.4,
            charset=draw.choices(("utf-8", "windows-1252", "iso-8859-15"), (7, 2, 1))[0],
        )  # fmt: skip
        thread = self._put(first, "mail_in", case.party)
        answered = case.opened + timedelta(seconds=draw.randrange(1_800, 100_000))
        if answered >= end or (not case.is_story and draw.random() < 0.12):
            return
        reply = f"{draw.choice(phrases.ANSWERS)}\n\nMet vriendelijke groet,\n{case.handler}\n"
        if case.is_story:
            reply = story.REPLY.format(case=case_number)
            answered = case.opened.replace(hour=11, minute=5)
        self._put(
            Letter(len(self.letters), answered, desk, [customer], f"Re: {subject}", reply, thread),
            "mail_out",
            case.party,
        )
        again = answered + timedelta(seconds=draw.randrange(2_000, 150_000))
        if again < end and not case.is_story and draw.random() < 0.45:
            thanks = f"{draw.choice(phrases.THANKS)}\n\n> {reply.splitlines()[0]}\n"
            letter = Letter(
                len(self.letters), again, customer, [desk], f"RE: {subject}", thanks, thread
            )
            self._put(letter, "mail_in", case.party)

    def _question(self, case: Case) -> str:
        draw, world = self._pen.draw, self._model.world
        person = world.speaker(case.party)
        parts = [f"Beste mensen,\n\n{phrases.OPENERS[case.cause].capitalize()}"]
        if case.order_number and draw.random() < 0.6:
            parts.append(f"Het gaat om bestelling {case.order_number}.")
        if draw.random() < 0.04:
            parts.append("From mijn kant is alles gedaan.\nFrom nu af wacht ik op u.")
        parts.append(draw.choice(phrases.CLOSERS))
        signature = [f"Met vriendelijke groet,\n{person.full_name}"]
        if draw.random() < 0.4:
            home = person.address
            signature.append(f"{home.line}, {home.postcode} {home.city}")
        if person.mobile and draw.random() < 0.4:
            signature.append(self._pen.mobile("", "", person.mobile))
        number = self._model.keys.crm.get(case.party)
        if number and draw.random() < 0.25:
            signature.append(f"klantnummer {number}")
        return "\n\n".join(parts) + "\n\n" + "\n".join(signature) + "\n"

    def _attachment(self, case: Case) -> tuple[str, str, bytes] | None:
        draw = self._pen.draw
        if case.is_story or draw.random() > 0.2:
            return None
        self.ledger.mess["mail_with_attachment"] += 1
        kind = draw.randrange(3)
        if kind == 0:
            return "foto.jpg", "image/jpeg", papers.JPEG
        if kind == 1:
            lines = [catalogue.COMPANY, f"Factuur bij bestelling {case.order_number or 'onbekend'}"]
            return "factuur.pdf", "application/pdf", papers.pdf(lines)
        note = f"Foutcode E-{draw.randrange(100, 999)}\r\nKilometerstand {draw.randrange(9000)}\r\n"
        return "foutcode.txt", "text/plain", note.encode()

    def _mails_to_three(self) -> None:
        """Customer service writes to three people at once: each of them took part."""
        draw, model = self._pen.draw, self._model
        reachable = [
            person for person in model.world.people[story.SON + 1 :]
            if person.email and model.traits.account[person.index]
        ]  # fmt: skip
        for number in range(3):
            people = draw.sample(reachable, 3)
            at = model.world.moment(DAYS - 60 - 100 * number, 36_000)
            to = [(one.full_name, one.email) for one in people]
            letter = Letter(
                len(self.letters), at, (catalogue.COMPANY, SERVICE), to[:2],
                "Uitnodiging testrit: nieuwe modellen",
                "Beste klanten,\n\nGraag nodigen wij u drieën uit voor een testrit.\n",
                copies=to[2:],
            )  # fmt: skip
            self._put(letter, "mail_out", people[0].index)
            self.ledger.mess["mail_to_three"] += 1
            for one in people:
                self.ledger.know(Subject(one.email, one.index))

    def save(self, path: Path) -> None:
        """Writes the mails in order of time, then two whose date says nothing."""
        self.letters.sort(key=lambda one: (one[0].at, one[0].number))
        parts = []
        for row, (letter, kind, party) in enumerate(self.letters, start=1):
            parts.append(_render(letter))
            other = letter.to[0][1] if kind == "mail_out" else letter.sender[1]
            self.ledger.rows.append(Row(row, letter.message_id, other, kind, letter.at, party))
        for number in range(2):
            key = f"<zonder-datum-{number}@example.nl>"
            parts.append(
                f"From onbekend@example.nl Thu Jan  1 00:00:00 1970\nFrom: <>\nTo: {SERVICE}\n"
                f"Subject: test\nDate: 31 Feb 2026\nMessage-ID: {key}\n\ntest\n\n"
            )
            self.ledger.rows.append(
                Row(len(parts), key, "", "mail_in", None, NOBODY, None, QUARANTINED,
                    "impossible_date")
            )  # fmt: skip
        path.write_bytes("\n".join(parts).encode())


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes servicemail.mbox; returns the notes on it."""
    box = Mailbox(model)
    box.fill()
    box.save(folder / FILE)
    return [box.ledger]
