"""Strategies that draw whole organisations as files: two schedules with anything in them, and all that rules look at.

The schedules are those of ``random_schedules.py``; limits, people, services, escalations and settings are drawn here.
They are written as a team would write them, so that every finding has a place in a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

import written_models as written
from random_schedules import DAY, PEOPLE, Drawn, drawn_models, roles, zones
from watchbill.checks.catalogue import RULES
from watchbill.model.on_call import Role, Schedule

SCHEDULES = ("ops", "search")
COUNTRIES = ("DE", "DE-BY", "US", "JP", "CL", "MA", "holidays/company")
WINDOWS = ("24x7", ["mon-fri 09:00-17:00"], ["mon-sun 22:00-06:00"], ["friday 17:00 - monday 09:00"])
WAITS = ("1 minute", "5 minutes", "15 minutes", "1 hour")
SETTABLE = [rule for rule in RULES if rule.judge is not None and not rule.fixed]

shares = st.integers(1, 100).map(lambda number: f"{number}%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The files of a repository, and an instant at which to compile it."""

    files: dict[str, str]
    now: int


@st.composite
def _thresholds(draw: st.DrawFn, values: st.SearchStrategy[object]) -> dict[str, object]:
    levels = draw(st.sampled_from([("warning",), ("error",), ("warning", "error")]))
    return {level: draw(values) for level in levels}


@st.composite
def workloads(draw: st.DrawFn) -> written.Data:
    """Draw a workload policy; some of its limits make no sense together, which is for the compiler to say."""
    kinds: dict[str, st.SearchStrategy[object]] = {
        "share": shares,
        "consecutive-days": st.integers(1, 20),
        "rest": st.integers(1, 40).map(lambda hours: f"{hours} hours" if hours > 1 else "1 hour"),
        **{
            name: st.tuples(st.integers(1, 9), st.integers(1, 13)).map(lambda pair: f"{pair[0]} per {pair[1]} weeks")
            for name in ("weekends", "nights", "holidays")
        },
    }
    chosen = draw(st.sets(st.sampled_from(sorted(kinds)), max_size=4))
    data: written.Data = {}
    if draw(st.booleans()):
        data["profile"] = draw(st.sampled_from(["small", "medium", "large"]))
    if chosen:
        limited = st.sampled_from(["primary", "secondary", "any"])
        data["limits"] = {
            measure: {
                role: draw(_thresholds(kinds[measure])) for role in draw(st.sets(limited, min_size=1).map(sorted))
            }
            for measure in sorted(chosen)
        }
    if draw(st.booleans()):
        data["weights"] = {"night": draw(st.integers(1, 4)), "holiday": draw(st.integers(1, 3))}
    if draw(st.integers(0, 3)) == 0:
        data["working-hours"] = ["sun-thu 08:00-16:00"]
        data["weekend"] = ["friday 00:00 - sunday 00:00"]
    if draw(st.integers(0, 3)) == 0:
        data["working-time"] = {"preset": draw(st.sampled_from(["eu", "us"])), "standby-factor": draw(shares)}
    return data


@st.composite
def staff(draw: st.DrawFn, drawn: Drawn, around: date) -> written.Data:
    """Draw what people say of themselves, besides what the rosters depend on."""
    found: written.Data = {}
    for name, person in drawn.model.people.items():
        data = written.person(person)
        if person.joined and person.left and person.left < person.joined:
            del data["left"]
        if draw(st.booleans()):
            data["holidays"] = draw(st.sampled_from(COUNTRIES))
        if draw(st.booleans()):
            since = around + draw(st.integers(-400, 60)) * DAY
            data["trained"] = {draw(st.sampled_from(["on-call", *SCHEDULES, "checkout"])): str(since)}
        if draw(st.integers(0, 2)):
            both = {"email": f"{name}@example.org", "phone": "+49 30 5550 01"}
            data["contact"] = both if draw(st.booleans()) else {"email": both["email"]}
        if draw(st.integers(0, 2)) == 0:
            wishes = {"no-nights": True, "no-weekends": True, "share": {"primary": draw(shares)}}
            data["limits"] = {key: wishes[key] for key in draw(st.sets(st.sampled_from(sorted(wishes)), min_size=1))}
        found[name] = data
    return found


@st.composite
def services(draw: st.DrawFn, around: date) -> dict[str, written.Data]:
    """Draw up to three services."""
    found: dict[str, written.Data] = {}
    for name in ("checkout", "ledger", "finder")[: draw(st.integers(0, 3))]:
        data: written.Data = {"name": name.title(), "team": draw(st.sampled_from(["ops", "others"]))}
        if draw(st.booleans()):
            data["tier"] = draw(st.integers(1, 2))
        if draw(st.integers(0, 3)):
            data["on-call"] = {"schedule": draw(st.sampled_from(SCHEDULES))}
            if draw(st.booleans()):
                data["on-call"]["needs"] = {"primary": draw(st.sampled_from(WINDOWS))}
        if draw(st.booleans()):
            data["escalation"] = draw(st.sampled_from(["first", "second"]))
        if draw(st.booleans()):
            data["runbook"] = "https://runbooks.example.org/x"
            if draw(st.booleans()):
                data["runbook-reviewed"] = str(around + draw(st.integers(-500, 20)) * DAY)
        found[name] = data
    return found


@st.composite
def escalations(draw: st.DrawFn) -> dict[str, written.Data]:
    """Draw two policies, which may name each other."""
    target = st.sampled_from(
        [
            *({"schedule": name, "role": "primary"} for name in SCHEDULES),
            *({"schedule": name} for name in SCHEDULES),
            *({"person": name} for name in PEOPLE),
            {"team": "ops"},
            {"team": "others"},
            {"escalation": "first"},
            {"escalation": "second"},
        ]
    )
    found: dict[str, written.Data] = {}
    for name in ("first", "second"):
        steps: list[written.Data] = []
        for _ in range(draw(st.integers(1, 4))):
            step: written.Data = {"notify": draw(st.lists(target, min_size=1, max_size=3))}
            if draw(st.integers(0, 3)):
                step["wait"] = draw(st.sampled_from(WAITS))
            steps.append(step)
        found[name] = {"steps": steps}
        if draw(st.booleans()):
            found[name]["repeat"] = draw(st.integers(1, 4))
        if draw(st.booleans()):
            found[name]["last-resort"] = {"person": draw(st.sampled_from(PEOPLE))}
    return found


@st.composite
def settings_of_checks(draw: st.DrawFn, around: date) -> written.Data:
    """Draw levels and options of some rules, and some waivers."""
    rules: written.Data = {}
    for rule in draw(st.lists(st.sampled_from(SETTABLE), max_size=4, unique_by=lambda rule: rule.name)):
        numbers = {
            option.name: draw(st.integers(option.least, 20)) for option in rule.options if type(option.default) is int
        }
        level = draw(st.sampled_from(["error", "warning", "info", "off"]))
        rules[rule.name] = {"level": level, "options": numbers} if numbers else level
    subjects = [*(f"person/{name}" for name in PEOPLE), *(f"schedule/{name}" for name in SCHEDULES)]
    waivers = [
        {
            "rule": draw(st.sampled_from(SETTABLE)).name,
            "subject": draw(st.sampled_from(subjects)),
            "from": str(around + draw(st.integers(-40, 10)) * DAY),
            "through": str(around + draw(st.integers(11, 400)) * DAY),
            "owner": draw(st.sampled_from(PEOPLE)),
            "reason": "It is known",
        }
        for _ in range(draw(st.sampled_from([0, 0, 1, 3])))
    ]
    return {key: value for key, value in (("rules", rules), ("waivers", waivers)) if value}


def _sound(schedule: Schedule) -> Schedule:
    """Return a schedule without what would keep it from being read: sets of roles that are not, ends before starts."""
    known = {role.id for role in schedule.roles}
    distinct = tuple(roles_ for roles_ in schedule.distinct if known.issuperset(roles_))
    return replace(schedule, distinct=distinct, roles=tuple(map(_sound_role, schedule.roles)))


def _sound_role(role: Role) -> Role:
    endless = (
        replace(layer, until=None) if layer.until and layer.until.day <= layer.versions[-1].start + DAY else layer
        for layer in role.layers
    )
    return replace(role, layers=tuple(endless))


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Draw an organisation with two schedules whose horizon reaches a month back and four ahead."""
    drawn = draw(drawn_models())
    model = drawn.model
    around = datetime.fromtimestamp(drawn.stretch[0], UTC).date()
    zone = draw(zones)
    second = replace(drawn.schedule, id="search", name="Search", team="others", timezone=zone)
    second = replace(second, roles=draw(roles(zone, around, PEOPLE)), distinct=())
    organization = {
        "name": "Example",
        "timezone": model.organization.timezone or "UTC",
        "publish": {"past": "30 days", "future": "120 days"},
        "tiers": {
            1: {"coverage": {"primary": "24x7", "secondary": "24x7"}, "expectation": {"acknowledge": "5 minutes"}},
            2: {"coverage": {"primary": ["mon-fri 09:00-17:00"]}, "expectation": {"acknowledge": "1 hour"}},
        },
    }
    data: dict[str, object] = {
        "policies/organization": organization,
        "policies/workload": draw(workloads()),
        "policies/checks": draw(settings_of_checks(around)),
        "schedules/people": draw(staff(drawn, around)),
        "schedules/teams": {
            "ops": {"name": "Ops", "members": list(PEOPLE[:3])},
            "others": {"name": "Others", "members": list(PEOPLE[2:])},
        },
        "schedules/on-call/ops": written.schedule(_sound(drawn.schedule)),
        "schedules/on-call/search": written.schedule(_sound(second)),
        "schedules/overrides/all": [written.override(one) for one in model.overrides],
        **{f"schedules/swaps/{number}": written.swap(one) for number, one in enumerate(model.swaps)},
        **{f"schedules/time-off/{name}": listed for name, listed in written.by_person(model.time_off).items()},
        **{f"schedules/holidays/{name}": written.holidays(one) for name, one in model.holidays.items()},
        **{f"policies/services/{name}": one for name, one in draw(services(around)).items()},
        **{f"policies/escalation/{name}": one for name, one in draw(escalations()).items()},
    }
    files = {f"{name}.yaml": written.text_of(value) for name, value in data.items() if value}
    return Organisation(files=files, now=drawn.stretch[0])
