"""The canonical form of a file: the same data, in the same order, with the same comments, laid out one way."""

from __future__ import annotations

from watchbill.edit.layout import Layout
from watchbill.source.documents import Data
from watchbill.source.strict_yaml import parse
from watchbill.source.written import comments, written


class NoCanonicalFormError(Exception):
    """The file holds something that cannot be laid out anew without a change of its meaning."""


def canonical(text: str) -> str:
    """Return the canonical form of a text that the strict reader accepts.

    Raises ``NoCanonicalFormError`` rather than return a text with other data, another order or other comments.
    """
    text = text.replace("\r\n", "\n")
    top = written(text)
    if top is None or top.shape == "word":
        raise NoCanonicalFormError
    remarks = comments(text, top)
    laid_out = Layout(text, top, remarks).text()
    again = written(laid_out)
    if again is None or in_order(parse(laid_out.encode())[0]) != in_order(parse(text.encode())[0]):
        raise NoCanonicalFormError
    kept = sorted(remark.text for remark in comments(laid_out, again))
    if parse(laid_out.encode())[1] or kept != sorted(remark.text for remark in remarks):
        raise NoCanonicalFormError
    return laid_out


def in_order(data: Data) -> object:
    """Return data in a form in which the order of keys counts, and text differs from a number."""
    if isinstance(data, dict):
        return [(key, in_order(value)) for key, value in data.items()]
    if isinstance(data, list):
        return [None, *map(in_order, data)]
    return type(data).__name__, data
