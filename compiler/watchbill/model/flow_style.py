"""Writes an example of a schema as YAML on one line."""

from __future__ import annotations


def flow(value: object) -> str:
    """Return a value in flow style, as it may stand after a key: ``{schedule: payments, role: primary}``."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(flow(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {flow(item)}' for key, item in value.items())}}}"
    text = str(value)
    return f'"{text}"' if isinstance(value, str) and _needs_quotes(text) else text


def _needs_quotes(text: str) -> bool:
    return text[:1] in "#&*!|>%@`{[+\"'" or ": " in text or text.isdigit()
