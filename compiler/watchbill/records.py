"""``dataclass`` for records, made quickly: what the standard library means by frozen, slots and keywords only.

``dataclasses`` compiles six functions for each frozen record, which takes half a millisecond, and a command imports
about a hundred records before it reads its first file. Here one function is compiled for each record, ``__init__``; all
share the others. Type checkers see the standard one, and ``fields`` and ``replace`` of ``dataclasses`` work as ever.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, fields
from dataclasses import dataclass as standard_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: Literal[True], slots: Literal[True], kw_only: Literal[True]) -> Callable[[type], type]:
        """Return the decorator of a record. The options stand where it is used, so that readers see what they get."""
        if not (frozen and slots and kw_only):
            raise TypeError("a record is frozen, has slots and takes keywords only")
        return _record


__all__ = ["dataclass"]


def _record(plain: type) -> type:
    made: Any = standard_dataclass(slots=True, kw_only=True, init=False, repr=False, eq=False)(plain)
    names = [each.name for each in fields(made)]
    # With a single name, ``attrgetter`` would return a bare value instead of a tuple.
    made._values = attrgetter(*names, names[0])
    made.__init__ = _first_initializer(made)
    made.__eq__, made.__hash__, made.__repr__ = _equal, _hash, _shown
    made.__setattr__, made.__delattr__, made.__setstate__ = _refuse_setting, _refuse_deleting, _restore
    record: type = made
    return record


def _first_initializer(made: Any) -> Callable[..., None]:
    """Return an ``__init__`` that compiles the real one when the first record is made: many never are."""

    def __init__(self: Any, **values: Any) -> None:  # noqa: N807 - it stands in for the real one
        made.__init__ = _initializer(made)
        made.__init__(self, **values)

    __init__.__qualname__ = f"{made.__qualname__}.__init__"
    return __init__


def _initializer(made: Any) -> Callable[..., None]:
    """Compile ``__init__``. Each value goes straight into its slot, past ``__setattr__``, which refuses."""
    known: dict[str, Any] = {"_MISSING": MISSING}
    parameters, lines = [], []
    for each in fields(made):
        name = each.name
        known[f"_set_{name}"] = getattr(made, name).__set__
        if each.default is not MISSING:
            known[f"_default_{name}"] = each.default
            parameters.append(f"{name}=_default_{name}")
        elif each.default_factory is not MISSING:
            known[f"_make_{name}"] = each.default_factory
            parameters.append(f"{name}=_MISSING")
            lines.append(f"    if {name} is _MISSING: {name} = _make_{name}()")
        else:
            parameters.append(name)
        lines.append(f"    _set_{name}(self, {name})")
    exec(f"def __init__(self, *, {', '.join(parameters)}):\n" + "\n".join(lines), known)  # noqa: S102 - names of fields
    initializer: Callable[..., None] = known["__init__"]
    initializer.__qualname__ = f"{made.__qualname__}.__init__"
    return initializer


def _equal(self: Any, other: Any) -> object:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._values(self) == self._values(other)


def _hash(self: Any) -> int:
    return hash(self._values(self))


def _shown(self: Any) -> str:
    values = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))
    return f"{type(self).__qualname__}({values})"


def _refuse_setting(_: object, name: str, __: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _restore(self: object, state: tuple[None, dict[str, object]]) -> None:
    """Fill the slots of a copy, as ``copy`` and ``pickle`` ask."""
    for name, value in state[1].items():
        object.__setattr__(self, name, value)
