"""One CSV file as rows whose cells know on which line they stand."""

from __future__ import annotations

import csv
import io
import re
import string
from typing import TYPE_CHECKING

from db.catalogue_files.broken import CatalogueFileError
from db.catalogue_files.records import Words
from db.rules.errors import Environment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from db.catalogue_files.broken import Reason

LARGEST_WHOLE_NUMBER = 10**12

_LINE_END = re.compile(r"\r\n|\r|\n")
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_WORD = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_WHOLE = re.compile(r"-?[0-9]{1,18}")


def read_text(path: Path) -> str:
    """The text of a file that is written in UTF-8.

    Refuses a missing file, and a byte or character that a lossy conversion or a wrong encoding leaves behind, with its line.
    Raises `Environment("catalogue_file_unreadable")` when the machine can't read it.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise CatalogueFileError(path.name, 1, "file_missing") from None
    except OSError as error:
        raise Environment("catalogue_file_unreadable", file=path.name, system_words=error.strerror or str(error)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        raise CatalogueFileError(path.name, 1 + _line_ends(before), "not_utf_8") from None
    if not text.replace("\r", "").replace("\n", "").isprintable():
        for place, character in enumerate(text):
            if character not in "\r\n" and not character.isprintable() and character != "\u3000":
                raise CatalogueFileError(path.name, 1 + _line_ends(text[:place]), "character_not_allowed", character=f"U+{ord(character):04X}")
    place = text.find("\ufffd")
    if place >= 0:
        raise CatalogueFileError(path.name, 1 + _line_ends(text[:place]), "character_not_allowed", character="U+FFFD")
    return text


def _line_ends(text: str) -> int:
    return len(_LINE_END.findall(text))


class Table:
    """A CSV file with exactly the given columns, in any order, and at least one row."""

    def __init__(self, folder: Path, name: str, columns: tuple[str, ...]) -> None:
        self.name = name
        text = read_text(folder / name)
        self._reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        self._start = 1
        header = [cell.strip() for cell in self._next() or []]
        self.places = {column: place for place, column in enumerate(header)}
        for column in header:
            if column not in columns:
                raise CatalogueFileError(name, 1, "unknown_column", column=column)
        if len(self.places) != len(header):
            raise CatalogueFileError(name, 1, "column_twice", column=next(column for column in header if header.count(column) > 1))
        for column in columns:
            if column not in self.places:
                raise CatalogueFileError(name, 1, "missing_column", column=column)
        self._width = len(header)
        self._seen: dict[tuple[object, ...], int] = {}

    def _next(self) -> list[str] | None:
        """The next record, leaving in `_start` the line on which it begins; None at the end."""
        self._start = self._reader.line_num + 1
        try:
            return next(self._reader)
        except StopIteration:
            return None
        except csv.Error:
            raise CatalogueFileError(self.name, self._start, "quoting_broken") from None

    def __iter__(self) -> Iterator[Row]:
        count = 0
        while (cells := self._next()) is not None:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != self._width:
                raise CatalogueFileError(self.name, self._start, "wrong_cell_count", expected=self._width, found=len(cells))
            count += 1
            yield Row(self, self._start, cells)
        if not count:
            raise CatalogueFileError(self.name, 1, "no_rows")

    def by_word(self) -> Iterator[tuple[str, Row]]:
        """The rows by the word in `code`, which no two of them have."""
        for row in self:
            self.only_once(row, "code", word := row.word())
            yield word, row

    def by_code(self) -> Iterator[tuple[str, Row]]:
        """The rows by the code in `code`, which no two of them have."""
        for row in self:
            self.only_once(row, "code", code := row.code())
            yield code, row

    def broken(self, reason: Reason, **facts: object) -> CatalogueFileError:
        """The refusal of the file as a whole, at its head."""
        return CatalogueFileError(self.name, 1, reason, **facts)

    def only_once(self, row: Row, column: str, *key: object) -> None:
        """Refuse a second row with the same key; the second one's cell is named, and the line of the first."""
        first = self._seen.setdefault((column, *key), row.line)
        if first != row.line:
            raise row.broken(column, "code_twice", code=row.cell(column), first_line=first)


class Row:
    """One record of a table; each reader refuses what doesn't fit, with the line of the cell."""

    __slots__ = ("_cells", "_table", "line")

    def __init__(self, table: Table, line: int, cells: list[str]) -> None:
        self._table = table
        self._cells = cells
        self.line = line

    def broken(self, column: str, reason: Reason, **facts: object) -> CatalogueFileError:
        """The refusal of one cell: its line is that on which the cell's text begins."""
        place = self._table.places[column]
        line = self.line + sum(_line_ends(cell) for cell in self._cells[:place])
        return CatalogueFileError(self._table.name, line, reason, column=column, **facts)

    def cell(self, column: str) -> str:
        """The cell without surrounding space, or empty."""
        return self._cells[self._table.places[column]].strip()

    def text(self, column: str) -> str:
        """The cell, which must not be empty."""
        found = self.cell(column)
        if not found:
            raise self.broken(column, "cell_empty")
        return found

    def words(self, subject: str) -> Words:
        """The text in three languages, from the columns `subject`_zh_TW, _zh_CN and _en."""
        found = self.optional_words(subject)
        if found is None:
            raise self.broken(f"{subject}_zh_TW", "translation_missing")
        return found

    def optional_words(self, subject: str) -> Words | None:
        """As `words`, or None when all three are empty."""
        texts = {column: self.cell(column) for column in (f"{subject}_zh_TW", f"{subject}_zh_CN", f"{subject}_en")}
        if not any(texts.values()):
            return None
        for column, found in texts.items():
            if not found:
                raise self.broken(column, "translation_missing")
        return Words(*texts.values())

    def sentence(self, subject: str, places: Collection[str]) -> Words:
        """As `words`, with `{place}` places of the given names only, the same ones in each language."""
        found = self.words(subject)
        wanted: set[str] | None = None
        for column, text in ((f"{subject}_zh_TW", found.zh_TW), (f"{subject}_zh_CN", found.zh_CN), (f"{subject}_en", found.en)):
            try:
                used = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            except ValueError:
                raise self.broken(column, "place_broken") from None
            for name in used:
                if name not in places:
                    raise self.broken(column, "place_unknown", place=name)
            if wanted is not None and used != wanted:
                raise self.broken(column, "places_differ", place=min(used ^ wanted))
            wanted = used
        return found

    def code(self, column: str = "code") -> str:
        """A code of the house: capitals and digits, groups joined by hyphens."""
        return self._shaped(column, _CODE)

    def word(self, column: str = "code") -> str:
        """A code word: small letters and digits, groups joined by underscores."""
        return self._shaped(column, _WORD)

    def _shaped(self, column: str, shape: re.Pattern[str]) -> str:
        found = self.text(column)
        if not shape.fullmatch(found):
            raise self.broken(column, "code_malformed", code=found)
        return found

    def whole(self, column: str, lowest: int = 0) -> int:
        """A whole number, at least `lowest`."""
        found = self.optional_whole(column, lowest)
        if found is None:
            raise self.broken(column, "cell_empty")
        return found

    def optional_whole(self, column: str, lowest: int = 0) -> int | None:
        """As `whole`, or None when the cell is empty."""
        found = self.cell(column)
        if not found:
            return None
        if not _WHOLE.fullmatch(found):
            raise self.broken(column, "not_a_whole_number", found=found)
        number = int(found)
        if number < lowest:
            raise self.broken(column, "number_too_small", found=number, lowest=lowest)
        if number > LARGEST_WHOLE_NUMBER:
            raise self.broken(column, "number_too_large", found=number, largest=LARGEST_WHOLE_NUMBER)
        return number

    def flag(self, column: str) -> bool:
        """yes or no."""
        return self.one_of(column, ("yes", "no")) == "yes"

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """One of a fixed set of words."""
        found = self.text(column)
        if found not in allowed:
            raise self.broken(column, "word_not_allowed", found=found, allowed=", ".join(allowed))
        return found

    def some_of(self, column: str, allowed: Collection[str]) -> tuple[str, ...]:
        """One or more words of a fixed set, separated by spaces, none twice."""
        return self._several(column, self.text(column), allowed, "word_not_allowed", allowed=", ".join(allowed))

    def reference(self, column: str, known: Collection[str], file: str) -> str:
        """The code of something that stands in another file."""
        found = self.text(column)
        if found not in known:
            raise self.broken(column, "code_unknown", found=found, in_file=file)
        return found

    def optional_reference(self, column: str, known: Collection[str], file: str) -> str:
        """As `reference`, or empty."""
        return self.reference(column, known, file) if self.cell(column) else ""

    def references(self, column: str, known: Collection[str], file: str) -> tuple[str, ...]:
        """Codes that stand in another file, separated by spaces, none twice; may be none."""
        return self._several(column, self.cell(column), known, "code_unknown", in_file=file)

    def _several(self, column: str, cell: str, known: Collection[str], reason: Reason, **facts: object) -> tuple[str, ...]:
        found = tuple(cell.split())
        for place, item in enumerate(found):
            if item not in known:
                raise self.broken(column, reason, found=item, **facts)
            if item in found[:place]:
                raise self.broken(column, "named_twice", found=item)
        return found

    def find_words(self) -> tuple[str, ...]:
        """Further words to find it by, separated by spaces; may be none."""
        return tuple(self.cell("find_words").split())
