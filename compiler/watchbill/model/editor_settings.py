"""Which schema an editor uses for which files, as the settings of VS Code and of everything that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from watchbill.model.kinds import WRITTEN_KINDS, Kind

SCHEMA_FOLDER = ".vscode/schemas"
"""Where the schemas lie unless somebody says otherwise. They are written by a command, so git need not keep them."""

EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}
"""What ``.vscode/extensions.json`` recommends: the editor's side of yaml-language-server."""

_YEARS = "[0-9][0-9][0-9][0-9]"


def schema_files() -> list[tuple[str, Kind, bool]]:
    """Return each schema file by name, with its kind, and whether it is of the collection."""
    forms = [(f"{kind.name}.schema.json", kind, False) for kind in WRITTEN_KINDS]
    forms += [(f"{kind.name}-collection.schema.json", kind, True) for kind in WRITTEN_KINDS if kind.collection]
    return sorted(forms, key=lambda form: form[0])


def editor_settings(folder: str = SCHEMA_FOLDER) -> dict[str, Any]:
    """Return the settings; ``folder`` is where the schemas lie, relative to the repository."""
    return {
        "yaml.schemas": {
            f"./{folder.strip('/')}/{name}": list(_globs(kind, collection)) for name, kind, collection in schema_files()
        },
        # These belong to `watchbill fmt`, and to the schemas above.
        "yaml.format.enable": False,
        "yaml.schemaStore.enable": False,
    }


def _globs(kind: Kind, collection: bool) -> Iterator[str]:
    if collection or kind.single:
        yield f"/{kind.home}.yaml"
    elif kind.name == "incidents":
        yield f"/incidents/{_YEARS}/**/*.yaml"
    else:
        yield f"/{kind.home}/**/*.yaml"
