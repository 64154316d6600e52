"""How the roles of a schedule depend on each other: whom a role follows, and in which order roles are computed."""

from __future__ import annotations

from collections.abc import Sequence

from watchbill.model.on_call import Role


def root_of(role: Role, roles: Sequence[Role]) -> tuple[Role | None, int, str | None]:
    """Return the layered role that a follower goes by in the end, how many turns ahead, and the pinned layer."""
    by_id = {other.id: other for other in roles}
    ahead, pinned, at = 0, None, role
    for _ in roles:
        if at.follows is None:
            return at, ahead, pinned
        ahead += at.follows.turns_ahead
        pinned = at.follows.layer or pinned
        followed = by_id.get(at.follows.role)
        if followed is None:
            return None, ahead, pinned
        at = followed
    return None, ahead, pinned


def followed_by(role: Role, roles: Sequence[Role]) -> list[str]:
    """Return the roles that a role follows, directly and through others."""
    by_id = {other.id: other for other in roles}
    found: list[str] = []
    at: Role | None = role
    while at is not None and at.follows is not None and at.follows.role not in found:
        found.append(at.follows.role)
        at = by_id.get(at.follows.role)
    return found


def in_order(roles: Sequence[Role]) -> list[Role]:
    """Return roles in file order, except that a follower waits for the role it follows."""
    ids = {role.id for role in roles}
    waiting, found = list(roles), list[Role]()
    while waiting:
        done = {role.id for role in found}
        ready = next(
            (r for r in waiting if r.follows is None or r.follows.role in done or r.follows.role not in ids), None
        )
        ready = ready if ready is not None else waiting[0]
        waiting.remove(ready)
        found.append(ready)
    return found
