"""Writes changed layers into the file of a schedule: new versions of the order, and later ones that change too."""

from __future__ import annotations

from collections.abc import Sequence

from watchbill.edit.files import Files
from watchbill.edit.refusals import CannotEditError
from watchbill.edit.spelling import block, flow
from watchbill.edit.splice import Fresh, Item, in_block_style, with_items, with_pair, with_versions
from watchbill.findings import DataPath, Place
from watchbill.model.on_call import Layer, Member, Version
from watchbill.source.documents import Data
from watchbill.source.written import Written, written


def write_layer(files: Files, old: Layer, new: Layer, remark: str) -> None:
    """Write the versions of a changed layer; ``remark`` says beside each new one what happens then.

    Versions come from the last to the first, so that no place moves before it is used.
    """
    file = old.place.file
    for number in reversed(range(len(new.versions))):
        version = new.versions[number]
        before = new.versions[number - 1] if number else None
        if before is not None and before.place == version.place:
            _insert(files, file, old, version, remark)
        else:
            _rewrite(files, old, version, None if before is None else before.members)


def _insert(files: Files, file: str, layer: Layer, version: Version, remark: str) -> None:
    """Write a new version after the one that it goes on from, which is where its place says."""
    data: dict[str, Data] = {"from": str(version.start), "members": [_data(member) for member in version.members]}
    text = files.text(file)
    if version.place.path == layer.place.path:
        text = _blocked(text, layer.place.path)
        files.put(file, with_versions(text, layer.place.path, _fresh(text, version.order_place, data, remark)))
        return
    path, index = version.place.path[:-1], version.place.path[-1]
    text = _blocked(text, path)
    count = len(_node(text, path).entries)
    fresh = _fresh(text, version.order_place, data, remark)
    if not isinstance(index, int):
        raise CannotEditError("the versions are no list")
    files.put(file, with_items(text, path, [*range(index + 1), fresh, *range(index + 1, count)]))


def _rewrite(files: Files, old: Layer, version: Version, inherited: tuple[Member, ...] | None) -> None:
    """Write the members of a version that is there, if they are others now."""
    if version.turns:
        return
    was = next(each for each in old.versions if each.place == version.place)
    file, path = version.place.file, version.order_place.path
    is_own = path[: len(version.place.path)] == version.place.path
    if is_own and version.members != was.members:
        text = files.text(file)
        if _node(text, path).flow and "\n" in _source(text, path):
            text = _blocked(text, path)
        files.put(file, with_items(text, path, _items(was.members, version.members)))
    elif not is_own and inherited is not None and version.members != inherited:
        text = _blocked(files.text(file), version.place.path)
        files.put(file, with_pair(text, version.place.path, "members", [_data(each) for each in version.members]))


def _items(old: Sequence[Member], new: Sequence[Member]) -> list[Item]:
    """Return new members by their index in the old ones, each used once, so that comments go with them."""
    left = list(range(len(old)))
    found: list[Item] = []
    for member in new:
        index = next((each for each in left if old[each] == member), None)
        if index is None:
            found.append(Fresh(data=_data(member)))
        else:
            left.remove(index)
            found.append(index)
    return found


def _fresh(text: str, order: Place, data: dict[str, Data], remark: str) -> Fresh:
    """Return a new version, with its members written as those before it are: one a line, or all on one."""
    node = _node(text, order.path)
    members = [f"members: {flow(data['members'])}"] if node.flow else list(block({"members": data["members"]}))
    return Fresh(data=data, lines=(f"from: {data['from']}  # {remark}", *members))


def _blocked(text: str, path: DataPath) -> str:
    """Return the text with a list or mapping in block style, if anything on the way to it is written in flow style."""
    return in_block_style(text, path) if any(_node(text, path[:at]).flow for at in range(len(path) + 1)) else text


def _node(text: str, path: DataPath) -> Written:
    node = written(text)
    for step in path:
        node = None if node is None else node.child(step)
    if node is None:
        raise CannotEditError("the place to change is not there")
    return node


def _source(text: str, path: DataPath) -> str:
    node = _node(text, path)
    return text[node.start : node.end]


def _data(member: Member) -> Data:
    return member[0] if len(member) == 1 else {"together": list(member)}
