"""Random YAML as people and programs write it: every style of the format, odd indentation, comments everywhere."""

from __future__ import annotations

from random import Random

WORDS = (
    "ada",
    "22:30",
    "NO",
    "017",
    "2026-02-30",
    "monday 09:00",
    "24x7",
    "Alan fell ill, at three",
    "it's",
    'she said "go"',
    "#payments",
    "a: b",
    "- x",
    "back\\slash",
    "yes",
    "null",
    "true",
    "12",
    "",
    "two\nlines",
    "two\nlines\n",
    "Zoë Müller",
    "x" * 90,
    "one two three four five six seven eight nine ten " * 3,
    "{braces}",
    "trailing ",
    " leading",
    "a\n\n  b\nc\n",
)


class OddWriter:
    """Writes random data as text. The same seed gives the same text."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - a test
        self._comments = 0

    def text(self) -> str:
        """Return a whole file."""
        start = "---\n" if self._chance(0.1) else ""
        return self._remarks(0) + start + self._block(0, depth=0) + self._remarks(0)

    def _chance(self, of: float) -> bool:
        return self._random.random() < of

    def _remark(self) -> str:
        self._comments += 1
        return f"# remark {self._comments}{' ' * self._random.randint(0, 2)}"

    def _remarks(self, column: int) -> str:
        found = ""
        for _ in range(self._random.choice((0, 0, 0, 1, 2))):
            blanks = max(0, column + self._random.choice((0, 0, 0, -1, 2)))
            found += " " * blanks + self._remark() + "\n" if self._chance(0.6) else "\n"
        return found

    def _behind(self) -> str:
        return " " * self._random.randint(1, 9) + self._remark() + "\n" if self._chance(0.25) else "\n"

    def _block(self, column: int, depth: int) -> str:
        count = self._random.randint(1, 4)
        margin = " " * column
        found = ""
        for number in range(count):
            found += self._remarks(column)
            lead = f"{margin}- " if depth % 2 else f"{margin}{self._key(number)}:"
            found += lead.rstrip() + self._value(column, depth)
        return found

    def _key(self, number: int) -> str:
        return self._random.choice((f"key-{number}", f"'key {number}'", f'"k{number}"'))

    def _value(self, column: int, depth: int) -> str:
        kind = self._random.random()
        if kind < 0.3 and depth < 4:
            deeper = column + self._random.randint(1, 5)
            return self._behind() + self._block(deeper, depth + 1)
        if kind < 0.5:
            return f" {self._flow(column + 1, depth)}" + self._behind()
        if kind < 0.6:
            return self._text_block(column)
        if kind < 0.65:
            return self._behind()
        return f" {self._word(column + 1, flow=False)}" + self._behind()

    def _text_block(self, column: int) -> str:
        text = self._random.choice([word for word in WORDS if word and not word.startswith(" ")])
        margin = " " * (column + self._random.randint(1, 4))
        head = self._random.choice("|>") + self._random.choice(("", "-", "+"))
        remark = f"  {self._remark()}" if self._chance(0.2) else ""
        return f" {head}{remark}\n" + "".join(f"{margin}{line}".rstrip() + "\n" for line in text.split("\n"))

    def _flow(self, column: int, depth: int) -> str:
        listed = self._chance(0.5)
        items = []
        for number in range(self._random.randint(0, 3)):
            value = self._flow(column, depth + 1) if depth < 4 and self._chance(0.3) else self._word(column, flow=True)
            items.append(value if listed else f"{self._key(number)}: {value}")
        between = self._random.choice((", ", ",", " , ", f",\n{' ' * column}", f",  {self._remark()}\n{' ' * column}"))
        inside = between.join(items)
        pad = self._random.choice(("", " ", f"\n{' ' * column}", f"  {self._remark()}\n{' ' * column}"))
        return f"[{pad}{inside}{pad}]" if listed else f"{{{pad}{inside}{pad}}}"

    def _word(self, column: int, *, flow: bool) -> str:
        word = self._random.choice(WORDS)
        style = self._random.choice(("plain", "single", "double", "wrapped"))
        simple = word.replace(" ", "").isalnum() and word.strip() == word and word
        if style == "plain" and simple:
            return word
        if style == "wrapped" and simple and " " in word and not flow:
            return f"\n{' ' * (column + 1)}".join(word.split(" "))
        if style == "single" and "\n" not in word:
            return "'" + word.replace("'", "''") + "'"
        escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
