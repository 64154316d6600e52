"""Names for findings that stay the same while lines move, so that a service can tell new findings from known ones."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from watchbill.checks.catalogue import BY_NAME
from watchbill.compilation import LocatedFinding
from watchbill.findings import Finding

_NUMBER = re.compile(r"\d+")


def fingerprints(findings: Sequence[LocatedFinding]) -> list[str]:
    """Return one name for each finding, in their order: 32 hexadecimal digits, and no two alike.

    No line, column or index counts, so what is written above a finding does not rename it; nor do the numbers in its
    message, which change from day to day. Findings that are alike in all the rest are numbered.
    """
    seen = Counter[str]()
    names: list[str] = []
    for located in findings:
        what = "\0".join(_identity(located.finding))
        seen[what] += 1
        # What could not be decoded in the name of a file stays apart from what could.
        text = f"{what}\0{seen[what]}".encode("utf-8", "surrogatepass")
        names.append(hashlib.sha256(text).hexdigest()[:32])
    return names


def _identity(finding: Finding) -> tuple[str, ...]:
    keys = (step for step in finding.place.path if isinstance(step, str))
    where = (finding.rule, finding.place.file, "/".join(keys), finding.subject)
    rule = BY_NAME.get(finding.rule)
    if finding.group or (rule is not None and rule.family == "load"):
        # Load is measured in a window that moves on every day, and a group is told by whichever of it comes first.
        return (*where, finding.group)
    start = str(finding.stretch[0]) if finding.stretch else ""
    return (*where, start, _NUMBER.sub("0", finding.message))
