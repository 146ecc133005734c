"""The screens filled from the rooms' reads: fulfils `klantbeeld.web.pages.Pages`.

A module a screen; each turns what a room read into a shape, and decides nothing of its own.
"""

from klantbeeld.web.filled.add_contact import answer_contact, intake_contact
from klantbeeld.web.filled.add_trial import (
    go_on,
    intake_doubles,
    intake_export,
    intake_failed,
    intake_result,
    intake_trial,
)
from klantbeeld.web.filled.adding import (
    add,
    add_files,
    choose_columns,
    intake,
    intake_columns,
    intake_progress,
)
from klantbeeld.web.filled.asking import ask
from klantbeeld.web.filled.breaching import breach, breach_preview
from klantbeeld.web.filled.checking import checkup, checkup_rows
from klantbeeld.web.filled.comparing import (
    compare,
    compare_customers,
    compare_search,
    why_one,
)
from klantbeeld.web.filled.contact_settings import choose_contact, contact_settings
from klantbeeld.web.filled.contacting import (
    contact,
    note_contact,
    prefer_contact,
    say_consent,
    withdraw,
)
from klantbeeld.web.filled.correcting import (
    correct,
    correcting,
    take_back_correction,
    told_of_correction,
)
from klantbeeld.web.filled.customer_card import card
from klantbeeld.web.filled.customer_list import customers, customers_export
from klantbeeld.web.filled.delivering import deliveries, delivery, undo_delivery
from klantbeeld.web.filled.employees import (
    act_on_employee,
    change_employee,
    choose_two_steps,
    employees,
    end_log_in,
    invite,
    log_ins,
    make_team,
    remove_team,
    withdraw_invitation,
)
from klantbeeld.web.filled.entering import (
    doubles,
    enter_customer,
    enter_fields,
    enter_note,
    take_back_entry,
)
from klantbeeld.web.filled.erasing import (
    approve_erasure,
    ask_erasure,
    erase_preview,
    erasure,
    erasures,
    refuse_erasure,
)
from klantbeeld.web.filled.filling_in import example_file, example_files
from klantbeeld.web.filled.history import timeline
from klantbeeld.web.filled.informing import informed, informed_letter, note_informed
from klantbeeld.web.filled.judging import (
    judgements,
    merge,
    merge_search,
    merge_view,
    split,
    split_view,
    take_back_judgement,
)
from klantbeeld.web.filled.keys import keys, make_key, revoke_key
from klantbeeld.web.filled.limiting import (
    choose_terms,
    limit,
    limits,
    limits_of,
    retention,
    run_retention,
    terms_would,
)
from klantbeeld.web.filled.listing import forget_view, open_view, save_view, tag
from klantbeeld.web.filled.matching import (
    experiment,
    go_on_matching,
    matching,
    try_matching,
)
from klantbeeld.web.filled.own_pages import (
    choose_own,
    confirm,
    confirm_page,
    heed_signal,
    out,
    out_page,
    preferences_page,
)
from klantbeeld.web.filled.parting import ask_part, part, parts
from klantbeeld.web.filled.privacy import customer_export, document
from klantbeeld.web.filled.registering import (
    choose_company,
    choose_notices,
    company_form,
    describe_own_field,
    own_fields,
    privacy_document,
    privacy_overview,
    source_notices,
)
from klantbeeld.web.filled.requesting import (
    act_on_request,
    make_bundle,
    open_request,
    request,
    requests,
    requests_of,
)
from klantbeeld.web.filled.reviewing import judge_pair, review, take_back_review
from klantbeeld.web.filled.rights import rights
from klantbeeld.web.filled.searching import search
from klantbeeld.web.filled.special import (
    drop_original,
    except_source,
    forget_judgement,
    not_special,
    read_original,
    record_ground,
    special,
    warned,
    withdraw_ground,
)
from klantbeeld.web.filled.today import start
from klantbeeld.web.filled.unfolding import entry
from klantbeeld.web.filled.waiting import discard, mend, quarantine, quarantined
from klantbeeld.web.filled.wanting import choose_goals, goals
from klantbeeld.web.filled.watching import (
    break_glass,
    follow,
    followed,
    log,
    log_export,
    looked,
    notice,
)
from klantbeeld.web.filled.welcoming import leave_sample, load_sample, sample

__all__ = [
    "act_on_employee",
    "act_on_request",
    "add",
    "add_files",
    "answer_contact",
    "approve_erasure",
    "ask",
    "ask_erasure",
    "ask_part",
    "breach",
    "breach_preview",
    "break_glass",
    "card",
    "change_employee",
    "checkup",
    "checkup_rows",
    "choose_columns",
    "choose_company",
    "choose_contact",
    "choose_goals",
    "choose_notices",
    "choose_own",
    "choose_terms",
    "choose_two_steps",
    "company_form",
    "compare",
    "compare_customers",
    "compare_search",
    "confirm",
    "confirm_page",
    "contact",
    "contact_settings",
    "correct",
    "correcting",
    "customer_export",
    "customers",
    "customers_export",
    "deliveries",
    "delivery",
    "describe_own_field",
    "discard",
    "document",
    "doubles",
    "drop_original",
    "employees",
    "end_log_in",
    "enter_customer",
    "enter_fields",
    "enter_note",
    "entry",
    "erase_preview",
    "erasure",
    "erasures",
    "example_file",
    "example_files",
    "except_source",
    "experiment",
    "follow",
    "followed",
    "forget_judgement",
    "forget_view",
    "go_on",
    "go_on_matching",
    "goals",
    "heed_signal",
    "informed",
    "informed_letter",
    "intake",
    "intake_columns",
    "intake_contact",
    "intake_doubles",
    "intake_export",
    "intake_failed",
    "intake_progress",
    "intake_result",
    "intake_trial",
    "invite",
    "judge_pair",
    "judgements",
    "keys",
    "leave_sample",
    "limit",
    "limits",
    "limits_of",
    "load_sample",
    "log",
    "log_export",
    "log_ins",
    "looked",
    "make_bundle",
    "make_key",
    "make_team",
    "matching",
    "mend",
    "merge",
    "merge_search",
    "merge_view",
    "not_special",
    "note_contact",
    "note_informed",
    "notice",
    "open_request",
    "open_view",
    "out",
    "out_page",
    "own_fields",
    "part",
    "parts",
    "prefer_contact",
    "preferences_page",
    "privacy_document",
    "privacy_overview",
    "quarantine",
    "quarantined",
    "read_original",
    "record_ground",
    "refuse_erasure",
    "remove_team",
    "request",
    "requests",
    "requests_of",
    "retention",
    "review",
    "revoke_key",
    "rights",
    "run_retention",
    "sample",
    "save_view",
    "say_consent",
    "search",
    "source_notices",
    "special",
    "split",
    "split_view",
    "start",
    "tag",
    "take_back_correction",
    "take_back_entry",
    "take_back_judgement",
    "take_back_review",
    "terms_would",
    "timeline",
    "told_of_correction",
    "try_matching",
    "undo_delivery",
    "warned",
    "why_one",
    "withdraw",
    "withdraw_ground",
    "withdraw_invitation",
]
