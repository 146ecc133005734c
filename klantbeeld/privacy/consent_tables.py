"""The state of consent at many past moments at once: lazy frames in, a lazy frame out.

The same as `rules.standing_for`, moment by moment; a test replays ten thousand of them.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from klantbeeld.privacy.rules import REFUSALS, STRICTNESS

Frame = nw.LazyFrame[Any]

# A statement's place in time fits in so many; above it comes the strictness of what it says.
_PLACES = 1 << 40
_NONE = -1
_SCOPE = ["record", "channel", "purpose", "brand", "topic"]
# A permission takes back a refusal that is of everything, of one brand, one topic, or of both.
_CLASSES = ((False, False), (True, False), (False, True), (True, True))

# What a record's entries come to, the last that holds: each with its strictness.
_LADDER = (
    ("ended", STRICTNESS["expired"]),
    ("waits", STRICTNESS["pending"]),
    ("permits", STRICTNESS["granted"]),
    ("refused", STRICTNESS["denied"]),
)


def consent_at(entries: Frame, memberships: Frame, questions: Frame) -> Frame:
    """question, state, entry: what held for each question, and the statement behind it.

    `entries`: record, channel, purpose, brand, topic, state, at (µs UTC), id, confirms and
    expires_at (both nullable), as `rules.Statement`. `memberships`: record, customer.
    `questions`: question, customer, channel, purpose, brand, topic, at. `entry` is null where
    nothing was said.
    """
    lines = _lines(entries)
    said = _said(lines, memberships, questions)
    words = _words(said, lines)
    strictest = words.group_by("question").agg(nw.col("score").max())
    score = nw.col("score")
    state = nw.lit("unknown")
    for name, strictness in STRICTNESS.items():
        state = nw.when(score // _PLACES == strictness).then(nw.lit(name)).otherwise(state)
    ids = lines.select("order", nw.col("id").alias("entry"))
    return (
        questions.select("question")
        .join(strictest, on="question", how="left")
        .with_columns(order=score % _PLACES, state=state)
        .join(ids, on="order", how="left")
        .select("question", "state", "entry")
    )


def _lines(entries: Frame) -> Frame:
    """Every entry with its place in time, whether it counts, and when it was confirmed.

    A permission that confirms counts if its request was open and nothing was refused between.
    """
    ordered = entries.with_row_index("order", order_by=["at", "id"]).with_columns(
        nw.col("order").cast(nw.Int64)
    )
    requests = ordered.filter(nw.col("state") == "requested").select(
        *_SCOPE,
        nw.col("id").alias("confirms"),
        nw.col("at").alias("request_at"),
        nw.col("order").alias("request_order"),
        nw.col("expires_at").alias("request_ends"),
    )
    ends = nw.col("request_ends")
    confirming = (
        ordered.filter(nw.col("state") == "granted", ~nw.col("confirms").is_null())
        .select(*_SCOPE, "confirms", "order", "at")
        .join(requests, on=[*_SCOPE, "confirms"], how="inner")
        .filter(nw.col("request_at") <= nw.col("at"), ends.is_null() | (nw.col("at") < ends))
    )
    counted = confirming.join(_spoiled(confirming, ordered), on="order", how="anti").select(
        "order", nw.col("confirms").alias("request"), nw.col("at").alias("confirmed_at")
    )
    answers = counted.group_by("request").agg(nw.col("confirmed_at").min())
    flags = counted.select("order", nw.lit(True).alias("is_confirmed"))
    is_free = (nw.col("state") != "granted") | nw.col("confirms").is_null()
    return (
        ordered.join(flags, on="order", how="left")
        .filter(is_free | nw.col("is_confirmed").fill_null(False))
        .join(answers, left_on="id", right_on="request", how="left")
    )


def _spoiled(confirming: Frame, ordered: Frame) -> Frame:
    """order: permissions whose request was refused again before it was confirmed."""
    refusals = ordered.filter(nw.col("state").is_in(sorted(REFUSALS))).select(
        "record", "channel", "purpose",
        nw.col("brand").alias("refused_brand"), nw.col("topic").alias("refused_topic"),
        nw.col("order").alias("refused_order"),
    )  # fmt: skip
    refused = nw.col("refused_order")
    return (
        confirming.join(refusals, on=["record", "channel", "purpose"], how="inner")
        .filter(
            nw.col("request_order") < refused,
            refused < nw.col("order"),
            _within("refused_brand", "brand"),
            _within("refused_topic", "topic"),
        )
        .select("order")
        .unique()
    )


def _within(wide: str, narrow: str) -> nw.Expr:
    return (nw.col(wide) == "") | (nw.col(wide) == nw.col(narrow))


def _said(lines: Frame, memberships: Frame, questions: Frame) -> Frame:
    """One row per question and entry that speaks of it, was made by then, with what it is."""
    asked = questions.rename({"at": "asked_at", "brand": "asked_brand", "topic": "asked_topic"})
    expires, at = nw.col("expires_at"), nw.col("asked_at")
    is_open = expires.is_null() | (at < expires)
    is_answered = (nw.col("confirmed_at") <= at).fill_null(False)
    state = nw.col("state")
    # A left join: three inner ones would be put in an order of the engine's own, which first lays
    # every question beside every entry about its channel.
    owned = lines.join(memberships.select("record", "customer"), on="record", how="left")
    return (
        asked.join(owned, on=["customer", "channel", "purpose"], how="inner")
        .filter(
            nw.col("at") <= at, _within("brand", "asked_brand"), _within("topic", "asked_topic")
        )
        .with_columns(
            refuses=state.is_in(sorted(REFUSALS)),
            permits=(state == "granted") & is_open,
            waits=(state == "requested") & is_open & ~is_answered,
            ended=state.is_in(["granted", "requested"]),
        )
    )


def _words(said: Frame, lines: Frame) -> Frame:
    """question, score: what each record's entries come to, its strictness above its place."""
    columns: dict[str, nw.Expr] = {}
    for brand, topic in _CLASSES:
        of_brand, of_topic = nw.col("brand") != "", nw.col("topic") != ""
        is_class = (of_brand == nw.lit(brand)) & (of_topic == nw.lit(topic))
        reaches = (of_brand | nw.lit(not brand)) & (of_topic | nw.lit(not topic))
        columns[f"refused_{brand:d}{topic:d}"] = _place(nw.col("refuses") & is_class)
        columns[f"lifted_{brand:d}{topic:d}"] = _place(nw.col("permits") & reaches)
    columns |= {name: _place(nw.col(name)) for name in ("permits", "waits", "ended")}
    last = (
        said.select("question", "record", **columns)
        .group_by("question", "record")
        .agg(*(nw.col(name).max() for name in columns))
    )
    standing = nw.max_horizontal(
        *(
            nw.when(nw.col(f"refused_{b:d}{t:d}") > nw.col(f"lifted_{b:d}{t:d}"))
            .then(nw.col(f"refused_{b:d}{t:d}"))
            .otherwise(nw.lit(_NONE))
            for b, t in _CLASSES
        )
    )
    rank, order = nw.lit(0), nw.lit(_NONE)
    for name, strictness in _LADDER:
        holds = nw.col(name) > _NONE
        rank = nw.when(holds).then(nw.lit(strictness)).otherwise(rank)
        order = nw.when(holds).then(nw.col(name)).otherwise(order)
    chosen = last.with_columns(refused=standing).select("question", rank=rank, order=order)
    states = lines.select("order", "state")
    is_withdrawn = (nw.col("rank") == STRICTNESS["denied"]) & (nw.col("state") == "withdrawn")
    withdrawn = nw.when(is_withdrawn).then(nw.lit(STRICTNESS["withdrawn"]))
    return chosen.join(states, on="order", how="inner").select(
        "question", score=withdrawn.otherwise(nw.col("rank")) * _PLACES + nw.col("order")
    )


def _place(holds: nw.Expr) -> nw.Expr:
    return nw.when(holds).then(nw.col("order")).otherwise(nw.lit(_NONE))
