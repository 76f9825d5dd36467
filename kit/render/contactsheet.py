"""Pictures of many slides on one sheet, to be seen at a glance."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

SLIDE_WIDTH = 480
"""Pixels of one slide."""
_ACROSS, _GAP = 4, 8


def contact_sheet(slides: Sequence[bytes]) -> bytes:
    """A PNG of all `slides`, which are pictures of one size, in rows of four."""
    opened = [Image.open(io.BytesIO(slide)) for slide in slides]
    width, height = opened[0].size
    down = -(-len(opened) // _ACROSS)
    sheet = Image.new("RGB", (_ACROSS * (width + _GAP) + _GAP, down * (height + _GAP) + _GAP), "#808080")
    for number, slide in enumerate(opened):
        row, column = divmod(number, _ACROSS)
        sheet.paste(slide, (_GAP + column * (width + _GAP), _GAP + row * (height + _GAP)))
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()
