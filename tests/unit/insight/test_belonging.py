"""Which part of a stretch people belong to a schedule."""

from __future__ import annotations

from pathlib import Path

from compiled_pages import compile_files
from watchbill.compilation import Compilation
from watchbill.insight.belonging import belonging
from watchbill.roster.clock import zone

ON_CALL = """\
name: Payments
team: payments
timezone: Europe/Berlin
roles:
  primary:
    coverage: 24x7
    layers:
      - id: weekly
        versions:
          - {from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [ada, grace]}
          - {from: 2026-03-02, members: [ada, grace, linus, margaret]}
  secondary: {coverage: 24x7, follows: primary, turns-ahead: 1}
  shadow:
    layers:
      - {id: training, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [barbara]}
"""
PEOPLE = """\
ada: {name: Ada Lovelace}
grace: {name: Grace Hopper, left: 2026-02-15}
linus: {name: Linus Pauling}
margaret: {name: Margaret Hamilton, limits: {share: {primary: 10%}}}
barbara: {name: Barbara Liskov}
"""


def _compiled(folder: Path) -> Compilation:
    files = {
        "policies/organization.yaml": "name: Meridian\ntimezone: Europe/Berlin\n",
        "schedules/people.yaml": PEOPLE,
        "schedules/teams.yaml": "payments: {name: Payments}\n",
        "schedules/on-call/payments.yaml": ON_CALL,
    }
    return compile_files(files, folder)


def test_newcomers_leavers_and_part_timers_belong_in_part(tmp_path: Path) -> None:
    model = _compiled(tmp_path).model
    place = zone("Europe/Berlin")
    day = model.schedules["payments"].roles[0].layers[0].versions
    start, changed = place.midnight(day[0].start), place.midnight(day[1].start)
    stretch = (start, changed + (changed - start))
    found = belonging(model, model.schedules["payments"], stretch, "Europe/Berlin")
    assert list(found) == ["ada", "grace", "linus", "margaret"]
    assert found["ada"] == 1
    assert found["linus"] == 1 / 2
    assert float(found["grace"]) == 42 / 112
    assert float(found["margaret"]) == 0.5 * 0.1 * 4
    assert belonging(model, model.schedules["payments"], stretch, "Europe/Berlin", role="shadow") == {}
