"""Which links from configuration may become links on a page."""

from __future__ import annotations

import re

_HOST = re.compile(
    r"(?!.*(?:^|\.)xn--)(?!.*(?:^|\.)\d+\.\d+\.\d+\.\d+(?:\.|$))(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
)
_HTTPS = re.compile(r"https://([^/?#:]+)(?::[1-9][0-9]{0,4})?(?:[/?#][!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]*)?")
_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+-]+@([^@?]+)")
_PHONE = re.compile(r"tel:\+?[0-9][0-9().-]*")


def safe_url(url: str) -> str:
    """Return the link if it is safe to follow from a page, else an empty text.

    Safe is ``https`` to a host with a plain ASCII name (no address, no user, no look-alike script), ``mailto`` to one
    address, and ``tel``. Everything else, even ``http``, stays text: at three in the morning a link is followed unread.
    """
    if _PHONE.fullmatch(url):
        return url
    match = _HTTPS.fullmatch(url) or _MAIL.fullmatch(url)
    return url if match and _HOST.fullmatch(match.group(1).lower()) else ""
