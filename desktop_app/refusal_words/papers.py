"""What printing says when it can't: code to the English phrase that the word tables translate."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "paper_not_kept": "The paper was not kept in {path} ({system_words}). Nothing else was changed: make room or choose another folder, then print again",
    "printer_not_reached": "The printer {printer} can't be reached. See whether it is on and connected, or choose another one",
    "printer_failed": "The printer {printer} stopped at page {page} of {pages}. The pages before it are printed; the PDF is whole",
}
