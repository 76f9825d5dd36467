"""What participants see of the small plan, for tests of what is made from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from kit.compose import Imprint, participant_view
from kit.load import load
from kit.localise import localise
from kit.model.document import ParticipantView, Stamp
from kit.palette import OWN
from kit.workspace import Workspace

SMALL = Path(__file__).parent / "small"


def view(**lists: Any) -> ParticipantView:
    """What participants see of the small plan, with `lists` of cards put in."""
    library = load(Workspace(SMALL, SMALL)).value
    assert library is not None
    workshop = localise(library, "short").value
    assert workshop is not None
    stamp = Stamp("4f2a91c", "23 November 2026", "Built 23 November 2026, build 4f2a91c")
    return replace(participant_view(workshop, Imprint(stamp, OWN)), **lists)
