"""Renders iCalendar feeds: pure functions of a compilation to bytes."""
