"""Why nobody holds a role at an instant, in words, with the places that have a part in it and the way out.

This reads the model and the timelines once more and decides nothing: the gap itself comes from the coverage insight.
"""

from __future__ import annotations

from collections import defaultdict

from watchbill.checks.presences import Presences
from watchbill.checks.rule import Facts
from watchbill.checks.wording import spell_list
from watchbill.findings import Label, Place
from watchbill.insight.coverage import days_off_of
from watchbill.intervals import Stretch, contains, union
from watchbill.model.on_call import Layer, Override, Role, Schedule, Version
from watchbill.records import dataclass
from watchbill.roster.clock import spell, zone
from watchbill.roster.presence import Absence, stretch_of
from watchbill.roster.timeline import Timeline
from watchbill.roster.windows import stretches

_AWAY = {"away": "is away", "left": "has left", "not-joined": "has not joined yet"}
_MOST_LABELS = 4
_MOVE_THE_END = "move `until`, or add a layer that goes on"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReason:
    """Why there is a gap: the end of the sentence, what to do, and the places that have a part in it."""

    text: str
    help: str
    labels: tuple[Label, ...] = ()


class GapReasons:
    """Finds reasons; shares what it looks up between gaps."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._presences = Presences(facts)
        self._holidays = days_off_of(facts.model)
        self._held: dict[tuple[str, str], list[Stretch]] = {}
        self._layer_ends: dict[tuple[str, str], dict[str | None, int]] = {}
        self._turn_starts: dict[tuple[str, str, str], list[int]] = {}
        self._holes: dict[tuple[str, str], list[Override]] = defaultdict(list)
        for override in facts.model.overrides:
            if override.person is None:
                self._holes[override.schedule, override.role].append(override)

    def reason(self, schedule: Schedule, role: Role, instant: int) -> GapReason:
        """Return why nobody holds the role at an instant at which nobody does."""
        return (
            self._planned_hole(schedule, role, instant)
            or self._nobody_to_follow(schedule, role, instant)
            or self._no_layer(schedule, role, instant)
        )

    def _planned_hole(self, schedule: Schedule, role: Role, instant: int) -> GapReason | None:
        for override in self._holes.get((schedule.id, role.id), ()):
            start, end = stretch_of(override.stretch, zone(schedule.timezone))
            if start <= instant < end:
                return GapReason(
                    text="an override gives it to nobody",
                    help="name a person in the override, or list the stretch under `unstaffed` of the role "
                    "if coverage is not owed then",
                    labels=(Label(place=override.place, text="this override to nobody"),),
                )
        return None

    def _nobody_to_follow(self, schedule: Schedule, role: Role, instant: int) -> GapReason | None:
        if role.follows is None:
            return None
        followed = role.follows.role
        text = f"nobody is left in the order of {followed} to follow"
        found: GapReason | None = None
        leader = next((each for each in schedule.roles if each.id == followed), None)
        timeline = self._timeline(schedule, followed)
        if timeline is None or not contains(self._held_stretches(timeline), instant):
            text = f"it follows {followed}, which nobody holds by turn then"
            if leader is not None and leader.follows is None and not self._planned_hole(schedule, leader, instant):
                found = self._no_layer(schedule, leader, instant)
                text = f"it follows {followed}, and {found.text}"
        elif leader is not None:
            found = self._no_next_turn(leader, timeline, role.follows.turns_ahead, instant)
            text = found.text if found else text
        way_out = f"add members to the rotation of {followed}, write an override, or give {role.id} layers of its own"
        return GapReason(
            text=text,
            help=found.help if found else way_out,
            labels=(
                Label(place=role.follows.place, text=f"{role.id} follows {followed}"),
                *(found.labels if found else ()),
            ),
        )

    def _no_next_turn(self, followed: Role, timeline: Timeline, ahead: int, instant: int) -> GapReason | None:
        """Return the end of the layer that holds the followed role, if no turn comes for a follower to have."""
        for layer in followed.layers:
            if layer.until is not None and self._is_last_turn(layer, timeline, ahead, instant):
                end = spell(self._ends(timeline)[layer.id], layer.timezone)
                return GapReason(
                    text=f"layer {layer.id} of {followed.id} ends {end}, and no turn comes after that",
                    help=_MOVE_THE_END,
                    labels=(_end_of(layer),),
                )
        return None

    def _is_last_turn(self, layer: Layer, timeline: Timeline, ahead: int, instant: int) -> bool:
        """Say whether a layer with an end holds the role at an instant, and has no turn so many ahead."""
        turns = self._turns(layer, timeline)
        if not turns or instant < turns[max(len(turns) - ahead, 0)]:
            return False
        if not self._has_ended(layer, timeline, self._ends(timeline)[layer.id]):
            return False
        rows = zip(timeline.start, timeline.end, timeline.cause, strict=True)
        return any(start <= instant < end and timeline.causes[cause].layer == layer.id for start, end, cause in rows)

    def _turns(self, layer: Layer, timeline: Timeline) -> list[int]:
        """Return where the turns of a layer begin, in order."""
        key = timeline.schedule, timeline.role, layer.id
        if key not in self._turn_starts:
            starts: dict[tuple[int | None, int], int] = {}
            for start, cause, turn in zip(timeline.start, timeline.cause, timeline.turn, strict=True):
                if timeline.causes[cause].layer == layer.id:
                    starts.setdefault((timeline.causes[cause].version, turn), start)
            self._turn_starts[key] = list(starts.values())
        return self._turn_starts[key]

    def _no_layer(self, schedule: Schedule, role: Role, instant: int) -> GapReason:
        """Return why no layer names anybody: a layer that should, from the top, comes before one that need not."""
        timeline = self._timeline(schedule, role.id)
        closed: GapReason | None = None
        for layer in reversed(role.layers):
            version = _version_at(layer, instant)
            if version is None or self._has_ended(layer, timeline, instant):
                continue
            reason = self._away(schedule, layer, version, instant) or self._nobodys_turn(layer, version, instant)
            if reason is not None:
                return reason
            closed = closed or self._outside_window(layer, version, instant)
        return (
            closed or self._ended(role, timeline, instant) or _not_begun(role, schedule, timeline, instant) or _NO_LAYER
        )

    def _away(self, schedule: Schedule, layer: Layer, version: Version, instant: int) -> GapReason | None:
        if not self._is_open(version, instant):
            return None
        order = list(dict.fromkeys(person for member in _members(version) for person in member))
        away = [(person, absence) for person in order if (absence := self._absence(person, schedule, instant))]
        if not away:
            return None
        names = spell_list([person for person, _ in away])
        verb = "is" if len(away) == 1 else "are"
        labels = tuple(
            Label(place=absence.place, text=f"{person} {_AWAY[absence.reason]}")
            for person, absence in away[:_MOST_LABELS]
        )
        if version.when_away == "leave-gap" and len(away) < len(order):
            text = f"{names} {verb} away, and layer {layer.id} leaves a gap then"
            return GapReason(text=text, help="write an override, or set `when-away: cover`", labels=labels)
        rest = "" if len(away) == len(order) else ", and the others of the order are not free"
        return GapReason(
            text=f"{names} {verb} away{rest}",
            help="write an override with somebody who is there, move a time off, or add a member to the rotation",
            labels=labels,
        )

    def _nobodys_turn(self, layer: Layer, version: Version, instant: int) -> GapReason | None:
        place = zone(version.timezone)
        begun = [turn for turn in version.turns if place.instant(turn.start) <= instant]
        if not begun or begun[-1].member:
            return None
        return GapReason(
            text=f"the turn of layer {layer.id} is nobody's",
            help="name a person in the turn, or write an override",
            labels=(Label(place=begun[-1].place, text="this turn"),),
        )

    def _outside_window(self, layer: Layer, version: Version, instant: int) -> GapReason | None:
        if self._is_open(version, instant) or version.during is None:
            return None
        return GapReason(
            text=f"no layer serves that time ({layer.id} serves {version.during.text})",
            help="add a layer for it, widen `during`, or let `coverage` promise less",
            labels=(Label(place=version.place, text=f"{layer.id} serves {version.during.text} only"),),
        )

    def _is_open(self, version: Version, instant: int) -> bool:
        if version.during is None:
            return True
        return bool(stretches(version.during, version.timezone, self._holidays, instant, instant + 1))

    def _absence(self, person: str, schedule: Schedule, instant: int) -> Absence | None:
        presence = self._presences.of(person, schedule)
        return None if presence is None else presence.absence_at(instant, instant + 1)

    def _ended(self, role: Role, timeline: Timeline | None, instant: int) -> GapReason | None:
        ended = [layer for layer in role.layers if self._has_ended(layer, timeline, instant)]
        if not ended:
            return None
        names = spell_list([layer.id for layer in ended])
        return GapReason(
            text=f"layer {names} has ended" if len(ended) == 1 else f"layers {names} have ended",
            help=_MOVE_THE_END,
            labels=tuple(map(_end_of, ended[:_MOST_LABELS])),
        )

    def _has_ended(self, layer: Layer, timeline: Timeline | None, instant: int) -> bool:
        """Say whether a layer with an end names nobody from an instant on."""
        if layer.until is None or zone(layer.timezone).instant(layer.until) > instant:
            return False
        return timeline is None or self._ends(timeline).get(layer.id, 0) <= instant

    def _ends(self, timeline: Timeline) -> dict[str | None, int]:
        """Return the end of the last shift of each layer."""
        key = timeline.schedule, timeline.role
        if key not in self._layer_ends:
            ends = self._layer_ends[key] = {}
            for end, cause in zip(timeline.end, timeline.cause, strict=True):
                layer = timeline.causes[cause].layer
                ends[layer] = max(end, ends.get(layer, 0))
        return self._layer_ends[key]

    def _held_stretches(self, timeline: Timeline) -> list[Stretch]:
        key = timeline.schedule, timeline.role
        if key not in self._held:
            self._held[key] = union(zip(timeline.start, timeline.end, strict=True))
        return self._held[key]

    def _timeline(self, schedule: Schedule, role: str) -> Timeline | None:
        roster = self._facts.rosters.get(schedule.id)
        return None if roster is None else roster.timelines.get(role)


_NO_LAYER = GapReason(
    text="no layer names anybody then",
    help="add a layer to the role, or write an override",
)


def _members(version: Version) -> list[tuple[str, ...]]:
    return [*version.members, *(turn.member for turn in version.turns)]


def _version_at(layer: Layer, instant: int) -> Version | None:
    begun = [version for version in layer.versions if version.start <= zone(version.timezone).local(instant).day]
    return begun[-1] if begun else None


def _end_of(layer: Layer) -> Label:
    return Label(place=layer.place.at("until"), text=f"{layer.id} ends here")


def end_place(role: Role) -> Place:
    """Return the place that makes a role end: the latest ``until`` of its layers, else the role."""
    ends = [(zone(layer.timezone).instant(layer.until), layer) for layer in role.layers if layer.until is not None]
    if len(ends) < len(role.layers) or not ends:
        return role.place.key()
    return max(ends, key=lambda pair: pair[0])[1].place.at("until")


def _not_begun(role: Role, schedule: Schedule, timeline: Timeline | None, instant: int) -> GapReason | None:
    first = timeline.start[0] if timeline is not None and len(timeline) else None
    if not role.layers or (first is not None and first <= instant):
        return None
    begins = f"only {spell(first, schedule.timezone)}" if first is not None else "later"
    labels = tuple(
        Label(place=layer.versions[0].place, text=f"{layer.id} begins here")
        for layer in role.layers[:_MOST_LABELS]
        if layer.versions
    )
    return GapReason(
        text=f"the rotation begins {begins}",
        help="let the first version start earlier, or add a layer for the time before",
        labels=labels,
    )
