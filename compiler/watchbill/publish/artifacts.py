"""Where each output lies: ``site`` is for everybody, the rest is for the next step of a pipeline."""

from __future__ import annotations

from watchbill.api import render as api
from watchbill.compilation import Compilation
from watchbill.feeds import render as feeds
from watchbill.feeds.revision import Revision, write_manifest
from watchbill.providers import render as providers
from watchbill.reports import json_report
from watchbill.site import render as site

MANIFEST = "feeds-manifest.json"
"""The revisions of all events, for the next build. Outside the site: it is no use to a reader."""


def artifacts(c: Compilation, revision: Revision) -> dict[str, bytes]:
    """Return every file of a build by its path: site with feeds and API, payloads, report and manifest."""
    calendars = feeds.render_revised(c, revision)
    files = {
        MANIFEST: write_manifest(calendars.revisions),
        "reports/check.json": json_report.render(c).encode(),
    }
    files.update((f"providers/{path}", data) for path, data in providers.render(c).items())
    for part in (site.render(c), calendars.files, api.render(c)):
        files.update((f"site/{path}", data) for path, data in part.items())
    return files
