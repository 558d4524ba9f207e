"""Makes photos fit to be kept: turned as they were held, shrunk, with a thumbnail; done off the GUI thread."""

from __future__ import annotations

import io
from dataclasses import dataclass

from db.rules.errors import Refusal

LONGEST_SIDE = 2048
THUMBNAIL_SIDE = 240
_MOST_PIXELS = 120_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as JPEG with its size in pixels, and a JPEG thumbnail."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


def prepare(content: bytes) -> Picture:
    """Read any picture that Pillow knows. Refusal picture_not_readable; what it shows is turned by its EXIF mark, which goes with all others."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(io.BytesIO(content)) as raw:
            raw.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(raw)
            whole = upright.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Refusal("picture_not_readable") from error
    whole.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small = whole.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(_jpeg(whole, 85), _jpeg(small, 80), whole.width, whole.height)


def _jpeg(image, quality: int) -> bytes:  # type: ignore[no-untyped-def]
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality, optimize=True)
    return held.getvalue()
