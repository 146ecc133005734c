"""Which records are no entry of a customer of their own, but what another table says of one.

A table of orders that tells names makes a record beside that of the table of customers (see
`subjects.Subjects.facet`). Where the data are checked those are no doubles, and lack nothing.
"""

from __future__ import annotations

from collections import defaultdict

from klantbeeld.core.models import Delivery, Record, Source

Named = dict[int, set[str]]


def no_facet() -> str:
    """SQL: the record `r` is an entry of its own.

    Of a source without a table of customers, those that its largest other table tells of are.
    """
    beside = [
        f"(r.source_id = {source} AND substr(r.key, 1, {len(facet) + 1}) = '{facet}/')"
        for source, facets in sorted(_facets().items())
        for facet in sorted(facets - _leading(source, facets))
    ]
    return f"NOT ({' OR '.join(beside)})" if beside else "1 = 1"


def _facets() -> Named:
    """Source to the facets of its tables, as its deliveries were read."""
    found: Named = defaultdict(set)
    deliveries = Delivery.objects.exclude(state=Delivery.UNDONE).exclude(source__key=Source.DESK)
    for source, report in deliveries.values_list("source", "report").iterator():
        told = {str(table.get("facet", "")) for table in report.get("tables", {}).values()}
        found[source] |= told - {""}
    return found


def _leading(source: int, facets: set[str]) -> set[str]:
    """The facet that stands for the customers of a source of which no table is about them."""
    if not facets:
        return set()
    own = Record.objects.filter(source=source, seq__gt=0).exclude(kind=Record.DEVICE)
    for facet in facets:
        own = own.exclude(key__startswith=f"{facet}/")
    if own.exclude(key__contains="order:").exists():
        return set()
    counts = {
        facet: Record.objects.filter(source=source, seq__gt=0, key__startswith=f"{facet}/").count()
        for facet in sorted(facets)
    }
    return {max(counts, key=lambda facet: counts[facet])}
