"""How a broken catalogue file is refused: which file, which line, and why."""

from __future__ import annotations

from db.rules.errors import Refusal


class CatalogueFileError(Refusal):
    """A catalogue file can't be used as it stands.

    `file` is the file's name, `line` counts from 1 as an editor shows it, `reason` is a code whose sentence is filled with
    `facts`. As a `Refusal` its code is always `catalogue_file_broken`.
    """

    def __init__(self, file: str, line: int, reason: str, /, **facts: object) -> None:
        super().__init__("catalogue_file_broken", file=file, line=line, reason=reason, **facts)
        self.file = file
        self.line = line
        self.reason = reason
