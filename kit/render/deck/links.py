"""Links of slides: to other slides of the deck, and to pages of the web."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

from kit.render.deck.grid import Box
from kit.render.deck.ooxml import A, R, named, paragraph, xfrm
from kit.render.deck.slides import Paragraph, Run

_SIZE = 14
_TO_A_SLIDE = "ppaction://hlinksldjump"


def lead(slides: Mapping[str, Any]) -> None:
    """Gives every link of `slides`, the parts of all those of a deck by id, the relationship that leads where it says.

    Until then a link has in its place where it leads to: `#id` of a slide, or an address. Words that lead to a slide
    that is not there stay as words.
    """
    for slide in slides.values():
        for link in list(slide._element.iter(f"{{{A}}}hlinkClick")):
            target = link.get(f"{{{R}}}id")
            if not target.startswith("#"):
                link.set(f"{{{R}}}id", slide.relate_to(target, KIND.HYPERLINK, is_external=True))
            elif (other := slides.get(target[1:])) is not None:
                link.set(f"{{{R}}}id", slide.relate_to(other, KIND.SLIDE))
                link.set("action", _TO_A_SLIDE)
            else:
                link.getparent().remove(link)


def label(number: int, link: Run, box: Box) -> str:
    """A link as words of their own, as the shape with number `number`."""
    return (
        f'<p:sp><p:nvSpPr>{named(number, "Link", link.text)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f"{paragraph(Paragraph((link,)), '<a:pPr/>', _SIZE, 'tx1')}</p:txBody></p:sp>"
    )
