"""Facts beside the tables of the truth: true effects, the story, the mess that was made."""

from __future__ import annotations

from typing import Any

import polars as pl

from klantbeeld.sample import story, survey
from klantbeeld.sample.ledger import Ledger
from klantbeeld.sample.mailings import CAMPAIGNS, WINDOW_DAYS
from klantbeeld.sample.model import Model
from klantbeeld.sample.people import household_id
from klantbeeld.sample.purchases import POINTS_ACTIONS
from klantbeeld.sample.world import DAYS, Floats, Size


def lots_of(model: Model) -> pl.DataFrame:
    """cause, party, treated, chance (of one extra order) of every randomised treatment."""
    purchases = model.purchases
    campaigns = model.mailings.lots.select(
        (pl.lit("campaign:") + pl.col("campaign")).alias("cause"), "party", "treated"
    )
    points = purchases.points_lots.select(
        (pl.lit("points:") + pl.col("action")).alias("cause"), "party", "treated"
    )
    both = pl.concat([campaigns, points])
    return both.join(
        purchases.tendencies, on=["cause", "party"], how="left", maintain_order="left"
    ).with_columns(pl.col("chance").fill_null(0.0))


def facts_of(model: Model, ledgers: list[Ledger], size: Size) -> dict[str, Any]:
    """Everything for facts.json."""
    mess: dict[str, dict[str, int]] = {}
    for ledger in ledgers:
        if ledger.mess:
            mess[f"{ledger.file}/{ledger.table}"] = dict(sorted(ledger.mess.items()))
    return {
        "size": size,
        "seed": model.world.seed,
        "today": model.world.today.isoformat(),
        "first_day": model.world.start.isoformat(),
        "effects": _effects(model),
        "survey_model": {
            "base": survey.BASE,
            "spread": survey.SPREAD,
            "unresolved_complaint": survey.UNRESOLVED,
            "resolved_complaint": survey.RESOLVED,
            "compensated": survey.COMPENSATED,
            "look_back_days": survey.LOOK_BACK_DAYS,
        },
        "story": _story(model, ledgers),
        "mess": mess,
    }


def _effects(model: Model) -> list[dict[str, Any]]:
    """Per campaign and action: the true extra orders per treated party, and what was realised."""
    lots, bargain = lots_of(model), model.traits.bargain
    causes = model.sales.orders.filter(pl.col("kind") != "credit")["cause"].value_counts()
    realised = dict(causes.iter_rows())
    windows = {f"campaign:{one.code}": (one.days_ago, WINDOW_DAYS) for one in CAMPAIGNS}
    windows |= {f"points:{one.code}": (one.days_ago, one.window_days) for one in POINTS_ACTIONS}
    effects: list[dict[str, Any]] = []
    for cause, (days_ago, days) in windows.items():
        mine = lots.filter(pl.col("cause") == cause)
        treated = mine.filter(pl.col("treated"))
        hunters = bargain[treated["party"].to_numpy()]
        chance = treated["chance"].to_numpy()
        effects.append(
            {
                "cause": cause,
                "sent": model.world.moment(DAYS - days_ago).date().isoformat(),
                "window_days": days,
                "treated": treated.height,
                "held_out": mine.height - treated.height,
                "extra_orders_per_treated": _mean(chance),
                "extra_orders_per_bargain_hunter": _mean(chance[hunters]),
                "extra_orders_per_other": _mean(chance[~hunters]),
                "realised_extra_orders": int(realised.get(cause, 0)),
            }
        )
    return effects


def _mean(values: Floats) -> float:
    return round(float(values.mean()), 6) if len(values) else 0.0


def _story(model: Model, ledgers: list[Ledger]) -> dict[str, Any]:
    """Her ids, her keys per table, and the rows of the story itself."""
    her = story.MARIJKE
    keys = {
        f"{ledger.file}/{ledger.table}": [
            one.key for one in ledger.subjects.values() if one.party == her
        ]
        for ledger in ledgers
    }
    person = model.world.people[her]
    order = model.sales.orders.row(by_predicate=pl.col("cause") == "story", named=True)
    case = next(one for one in model.cases if one.is_story)
    steps: list[dict[str, Any]] = []
    for ledger in ledgers:
        steps += [
            {name: row[name] for name in ("file", "table", "row", "key", "kind", "at")}
            for row in ledger.frame().filter(pl.col("party") == her).iter_rows(named=True)
            if _is_step(model, row, order["number"])
        ]
    steps.sort(key=lambda one: (one["at"], one["file"], one["row"]))
    return {
        "person": person.id,
        "name": person.full_name,
        "household": household_id(person.household),
        "others_in_household": [model.world.people[i].id for i in (story.PARTNER, story.SON)],
        "campaign": story.CAMPAIGN,
        "order": order["number"],
        "order_cents": order["amount"],
        "case_opened": case.opened.isoformat(),
        "case_closed": case.closed.isoformat() if case.closed else None,
        "compensation_cents": story.COMPENSATION_CENTS,
        "keys": {table: found for table, found in keys.items() if found},
        "steps": steps,
    }


def _is_step(model: Model, row: dict[str, Any], order: str) -> bool:
    if row["at"] is None:
        return False
    day: int = (row["at"].date() - model.world.start).days
    if row["kind"] in ("service", "complaint", "mail_in", "mail_out"):
        return day >= DAYS - story.MOMENTS.mailed
    if row["kind"] in ("sent", "opened", "clicked"):
        return 0 <= day - (DAYS - story.MOMENTS.sent) <= 1
    return (row["kind"], row["key"]) == ("order", order)
