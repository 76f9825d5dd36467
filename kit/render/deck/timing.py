"""A timer: a bar that wipes away over the minutes of a slide, once it is clicked, as PowerPoint's own animation.

It is what Animations > Exit > Wipe makes, from the right, so that its length can be changed there. It waits for a
click, and the slide stays when it has run out: nothing advances by itself.
"""

from __future__ import annotations

from kit.render.deck.grid import Box
from kit.render.deck.ooxml import LANGUAGE, fill, named, xfrm
from kit.render.deck.slides import Timer

_TO_THE_NEXT = '<p:cond evt="{}" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>'
_ON_A_CLICK = "indefinite"


def timer_bar(number: int, timer: Timer, box: Box) -> str:
    """The bar, as the shape with number `number`."""
    return (
        f"<p:sp><p:nvSpPr>{named(number, 'Timer', timer.alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill("accent1")}'
        "<a:ln><a:noFill/></a:ln></p:spPr>"
        f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{LANGUAGE}"/></a:p></p:txBody></p:sp>'
    )


def timing(number: int, minutes: int) -> str:
    """`p:timing` of a slide on which a click wipes the shape with number `number` away in so many minutes."""
    length = minutes * 60_000
    target = f'<p:tgtEl><p:spTgt spid="{number}"/></p:tgtEl>'
    wipe = (
        f'<p:animEffect transition="out" filter="wipe(right)"><p:cBhvr><p:cTn id="6" dur="{length}"/>{target}'
        "</p:cBhvr></p:animEffect>"
    )
    gone = (
        f'<p:set><p:cBhvr><p:cTn id="7" dur="1" fill="hold"><p:stCondLst><p:cond delay="{length - 1}"/></p:stCondLst>'
        f"</p:cTn>{target}<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr>"
        '<p:to><p:strVal val="hidden"/></p:to></p:set>'
    )
    effect = _step(5, "0", wipe + gone, 'presetID="22" presetClass="exit" presetSubtype="2" nodeType="clickEffect"')
    click = _step(3, _ON_A_CLICK, _step(4, "0", effect))
    return (
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot">'
        '<p:childTnLst><p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq">'
        f"<p:childTnLst>{click}</p:childTnLst></p:cTn>"
        f"<p:prevCondLst>{_TO_THE_NEXT.format('onPrev')}</p:prevCondLst>"
        f"<p:nextCondLst>{_TO_THE_NEXT.format('onNext')}</p:nextCondLst></p:seq></p:childTnLst></p:cTn></p:par></p:tnLst>"
        f'<p:bldLst><p:bldP spid="{number}" grpId="0" animBg="1"/></p:bldLst></p:timing>'
    )


def _step(id: int, delay: str, inner: str, preset: str = "") -> str:
    attributes = f'{preset} grpId="0" ' if preset else ""
    return (
        f'<p:par><p:cTn id="{id}" {attributes}fill="hold"><p:stCondLst><p:cond delay="{delay}"/></p:stCondLst>'
        f"<p:childTnLst>{inner}</p:childTnLst></p:cTn></p:par>"
    )
