"""What stands in the log, in words: who did what to whom, when and for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.accounts.reads import Look
from klantbeeld.web.filled import words
from klantbeeld.web.filled.employees import role_word
from klantbeeld.web.filled.rights import PURPOSE_WORDS
from klantbeeld.web.shapes.people import LookRow

KINDS: words.Words = {
    "read": gettext_lazy("seen"),
    "search": gettext_lazy("searched"),
    "export": gettext_lazy("downloaded"),
    "change": gettext_lazy("changed"),
    "bypass": gettext_lazy("broken glass"),
    "refused": gettext_lazy("refused"),
}
TONES = {"bypass": "bad", "export": "warn", "refused": "warn", "change": "info"}
# A test holds that every act that is written down has its words.
ACTIONS: words.Words = {
    "card": gettext_lazy("opened the card"),
    "read": gettext_lazy("saw a part of the card"),
    "list": gettext_lazy("saw in a list"),
    "search": gettext_lazy("found by searching"),
    "name": gettext_lazy("saw the name"),
    "compare": gettext_lazy("compared records"),
    "export": gettext_lazy("downloaded everything"),
    "export_list": gettext_lazy("downloaded in a list"),
    "export_log": gettext_lazy("downloaded a part of the log"),
    "match": gettext_lazy("asked who it is"),
    "bring": gettext_lazy("brought data"),
    "quarantine": gettext_lazy("saw rows in quarantine"),
    "break_glass": gettext_lazy("broke the glass"),
    "glass_over": gettext_lazy("the hour of a broken glass is over"),
    "end_break_glass": gettext_lazy("ended a broken glass"),
    "notice_break_glass": gettext_lazy("took notice of a broken glass"),
    "refused": gettext_lazy("was refused"),
    "log_in_failed": gettext_lazy("could not log in"),
    "code_failed": gettext_lazy("gave a wrong code"),
    "rotate_key": gettext_lazy("made a new lasting key"),
    "next_key": gettext_lazy("the log goes on under a new key"),
    "cut_log": gettext_lazy("cut off what was past its term"),
    "retention": gettext_lazy("took away what was past its term"),
    "run_retention": gettext_lazy("had taken away what was past its term"),
    "drop_backups": gettext_lazy("removed backups past their term"),
    "end_restrictions": gettext_lazy("ended restrictions that were over"),
    "set_retention": gettext_lazy("chose how long things are kept"),
    "follow_customer": gettext_lazy("changed who follows"),
    "erase_customer": gettext_lazy("erased the customer"),
    "ask_erasure": gettext_lazy("asked for an erasure"),
    "approve_erasure": gettext_lazy("agreed to an erasure"),
    "refuse_erasure": gettext_lazy("refused an erasure"),
    "tell_recipients": gettext_lazy("told who had received data"),
    "legal_hold": gettext_lazy("put a legal hold on a customer"),
    "lift_hold": gettext_lazy("lifted a legal hold"),
    "note_restricted": gettext_lazy("restricted a customer"),
    "note_objected": gettext_lazy("noted an objection"),
    "lift_restricted": gettext_lazy("lifted a restriction"),
    "lift_objected": gettext_lazy("lifted an objection"),
    "export_customer": gettext_lazy("downloaded everything"),
    "export_customers": gettext_lazy("downloaded a list of customers"),
    "open_request": gettext_lazy("noted a request of a customer"),
    "check_identity": gettext_lazy("checked who asks"),
    "extend_request": gettext_lazy("gave a request more time"),
    "answer_request": gettext_lazy("answered a request"),
    "give_documents": gettext_lazy("chose documents to hand over"),
    "make_bundle": gettext_lazy("made the bundle of a customer"),
    "correct_customer": gettext_lazy("corrected a value"),
    "withdraw_correction": gettext_lazy("took a correction back"),
    "note_informed": gettext_lazy("noted that somebody was informed"),
    "say_consent": gettext_lazy("recorded what a customer said"),
    "confirm_consent": gettext_lazy("confirmed a consent"),
    "withdraw_all": gettext_lazy("withdrew every consent"),
    "withdraw_own": gettext_lazy("a customer withdrew a consent"),
    "prefer_contact": gettext_lazy("recorded a preference"),
    "note_contact": gettext_lazy("noted something about contact"),
    "note_reason": gettext_lazy("noted why contact is allowed"),
    "choose_contact": gettext_lazy("changed the settings of contact"),
    "choose_company": gettext_lazy("changed who the company is"),
    "choose_notice": gettext_lazy("changed how people are informed"),
    "describe_field": gettext_lazy("described a field"),
    "register_field": gettext_lazy("added a field"),
    "set_basis": gettext_lazy("set the basis of a source"),
    "set_obtained": gettext_lazy("said how addresses came in"),
    "enter_came_back": gettext_lazy("entered somebody who came back after an erasure"),
    "create_source": gettext_lazy("made a source"),
    "open_delivery": gettext_lazy("began a delivery"),
    "close_delivery": gettext_lazy("finished a delivery"),
    "undo_delivery": gettext_lazy("took a delivery back"),
    "begin_intake": gettext_lazy("added files"),
    "drop_intake": gettext_lazy("dropped added files"),
    "enter_customer": gettext_lazy("entered a customer"),
    "enter_note": gettext_lazy("wrote a note"),
    "enter_observation": gettext_lazy("noted an observation"),
    "enter_remark": gettext_lazy("noted a remark"),
    "enter_tag": gettext_lazy("gave a tag"),
    "enter_untag": gettext_lazy("took a tag away"),
    "enter_correction": gettext_lazy("entered a correction"),
    "mended_row": gettext_lazy("mended a row"),
    "dropped_row": gettext_lazy("dropped a row"),
    "applying_matching": gettext_lazy("put another matching to use"),
    "undoing_matching": gettext_lazy("took another matching back"),
    "dropped_matching": gettext_lazy("dropped another matching"),
    "mend_row": gettext_lazy("mended a row"),
    "judge": gettext_lazy("judged whether two are the same"),
    "revoke_judgement": gettext_lazy("took a judgement back"),
    "try_matching": gettext_lazy("tried another matching"),
    "choose_goals": gettext_lazy("chose what is asked most"),
    "save_view": gettext_lazy("kept a view"),
    "forget_view": gettext_lazy("dropped a view"),
    "load_sample": gettext_lazy("loaded the sample company"),
    "leave_sample": gettext_lazy("left the sample company"),
    "note_special": gettext_lazy("kept special data apart"),
    "read_special": gettext_lazy("read special data"),
    "judge_special": gettext_lazy("judged a column of special data"),
    "forget_special": gettext_lazy("forgot a judgement on special data"),
    "drop_special": gettext_lazy("removed special data"),
    "drop_expired_special": gettext_lazy("removed special data past its term"),
    "except_special": gettext_lazy("set a topic aside for a source"),
    "reseal": gettext_lazy("sealed special data anew, with a new key"),
    "record_ground": gettext_lazy("recorded a law for special data"),
    "withdraw_ground": gettext_lazy("withdrew a law for special data"),
    "create_user": gettext_lazy("made an account"),
    "deactivate_user": gettext_lazy("took away access"),
    "change_role": gettext_lazy("changed a role"),
    "place_user": gettext_lazy("changed team or reach"),
    "set_password": gettext_lazy("set a password"),
    "create_team": gettext_lazy("made a team"),
    "remove_team": gettext_lazy("removed a team"),
    "invite": gettext_lazy("invited somebody"),
    "accept_invitation": gettext_lazy("took an invitation"),
    "withdraw_invitation": gettext_lazy("withdrew an invitation"),
    "end_log_in": gettext_lazy("ended a log-in"),
    "end_log_ins": gettext_lazy("ended all log-ins"),
    "choose_two_steps": gettext_lazy("changed when a second step is asked"),
    "take_off_second_step": gettext_lazy("took off a second step"),
    "create_key": gettext_lazy("made a key"),
    "revoke_key": gettext_lazy("withdrew a key"),
}


# What somebody has seen then, as the report of a leak asks it; of other acts it is in their words.
SHOWN: words.Words = {
    **dict.fromkeys(("card", "break_glass"), gettext_lazy(
        "who it is, addresses, history, purchases, complaints, consents"
    )),
    "read": gettext_lazy("a part of the card, such as one entry or document"),
    **dict.fromkeys(("list", "export_list", "export_customers"), gettext_lazy(
        "a line of a list: name, place, group, figures, may we contact"
    )),
    **dict.fromkeys(("export", "export_customer", "make_bundle"), gettext_lazy(
        "everything that is held of the customer"
    )),
    **dict.fromkeys(("search", "match"), gettext_lazy("the name, and what was sought by")),
    "name": gettext_lazy("the name"),
    "compare": gettext_lazy("who it is and addresses, record by record"),
    "bring": gettext_lazy("what was brought itself"),
    "read_special": gettext_lazy("special data as it was delivered"),
}  # fmt: skip


def shown_by(action: str) -> str:
    """What kind of data an act shows, "" for one that only changes something."""
    return words.said(SHOWN, action) if action in SHOWN else ""


def act(action: str) -> str:
    """What was done, in words."""
    return words.said(ACTIONS, action) if action in ACTIONS else action.replace("_", " ")


def row(look: Look) -> LookRow:
    """An entry of the log as it is shown."""
    whom = str(look.whom) if look.whom and look.of == "customer" else ""
    who = look.who or _("somebody who is no more")
    if look.who == "system":
        who = _("the command line") if look.interface == "cli" else _("the house itself")
    if look.action in ("log_in_failed", "code_failed"):
        who = look.about or _("somebody unknown")
    return LookRow(
        look.at, who, role_word(look.role) if look.role else "",
        words.said(PURPOSE_WORDS, look.purpose), act(look.action), whom,
        TONES.get(look.kind, "grey"),
    )  # fmt: skip


def folded(rows: Iterable[LookRow]) -> tuple[LookRow, ...]:
    """The rows (newest first), each thing that somebody did for something on a day only once."""
    held: dict[tuple[object, ...], LookRow] = {}
    for one in rows:
        key = (one.at.date(), one.who, one.role, one.purpose, one.what)
        known = held.get(key)
        held[key] = replace(known, times=known.times + 1) if known else one
    return tuple(held.values())
