"""Builds the model of a repository: places to kinds, shapes to records, references resolved.

Nothing stops at the first problem. What cannot be understood is left out and named in ``Model.broken``, so that
nothing that refers to it is reported a second time.
"""

from __future__ import annotations

from watchbill.findings import Finding
from watchbill.model.assembly import Assembly
from watchbill.model.finding_log import order_of
from watchbill.model.gathering import gather
from watchbill.model.repository import Model
from watchbill.model.resolving import Resolver
from watchbill.source.documents import Reading


def build(reading: Reading, zones: frozenset[str]) -> tuple[Model, list[Finding]]:
    """Return the model of everything that was read, and the findings about shapes, ids and references.

    ``zones`` are the names of time zones that a repository may use. Findings are in the order of files, then of the
    places in them.
    """
    resolver = Resolver(zones)
    parts = gather(reading, resolver)
    model = Assembly(resolver, parts).model()
    return model, sorted(resolver.log.findings(), key=_order)


def _order(finding: Finding) -> tuple[str, list[tuple[int, str]], str, str]:
    return *order_of(finding.place), finding.rule, finding.message
