"""How the tests read a paper back: its words, its fonts, its pictures, its codes."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import zxingcpp
from pypdf import PdfReader


def pages_of_words(paper: bytes) -> list[str]:
    """The selectable text of each page, with all white space left out."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages]


def words(paper: bytes) -> str:
    """The selectable text of the whole paper, with all white space left out."""
    return "".join(pages_of_words(paper))


def picture(paper: bytes, page: int = 0, dots_per_inch: int = 200) -> Any:
    """A page as a Pillow picture."""
    document = pypdfium2.PdfDocument(paper)
    try:
        return document[page].render(scale=dots_per_inch / 72).to_pil().copy()
    finally:
        document.close()


def codes(paper: bytes, page: int = 0) -> dict[str, str]:
    """What a decoder reads from the page at 200 dots per inch, by kind of code."""
    return {str(found.format).replace(" ", ""): found.text for found in zxingcpp.read_barcodes(picture(paper, page))}


def fonts(paper: bytes) -> dict[str, bool]:
    """The fonts that the paper uses by name, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(paper)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            described = font.get_object()
            descriptor = described.get("/FontDescriptor")
            found[str(described["/BaseFont"])] = bool(descriptor and "/FontFile2" in descriptor.get_object())
    return found


def operators(paper: bytes) -> set[str]:
    """The painting operators that the pages use."""
    found: set[str] = set()
    for page in PdfReader(io.BytesIO(paper)).pages:
        content = page.get_contents()
        if content is not None:
            found.update(operator.decode() for _, operator in content.operations)
    return found
