"""What to do when a session runs late or has time left, in words: for the back of the run sheet and hidden slides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kit.late import WayToTheEnd, spare, ways_to_the_end
from kit.model.language import Language, joined_by, like, put_together
from kit.model.late import LateBlock, LateCard, LateRow
from kit.model.workshop import Session, SessionBlock, Workshop
from kit.retiming import SHORTEST_LUNCH


def late_card(workshop: Workshop, session: Session) -> LateCard:
    """The card of one session. Its clock has a column for each block after the first, and one for the end."""
    language = workshop.language
    columns = session.blocks[1:]
    ways = groupby(ways_to_the_end(session), key=lambda way: way.block.id)
    blocks = {block.id: block for block in session.blocks}
    return LateCard(
        session=session.number,
        columns=tuple(short_name(language, block) for block in columns),
        blocks=tuple(
            LateBlock(
                id,
                _numbered(blocks[id]),
                language.clock(blocks[id].start),
                [block.id for block in session.blocks].index(id),
                tuple(_row(language, session, way) for way in found),
            )
            for id, found in ways
        ),
        ahead=tuple(_ahead(workshop, session)),
    )


def short_name(language: Language, block: SessionBlock) -> str:
    """What stands for a block where there is little room: its number, or that it is a break or lunch."""
    if block.number:
        return str(block.number)
    return language.phrase("slot.lunch" if block.minutes >= SHORTEST_LUNCH else "common.break")


def _numbered(block: SessionBlock) -> str:
    return put_together("{number}. {title}", number=block.number, title=block.title) if block.number else block.title


def _row(language: Language, session: Session, way: WayToTheEnd) -> LateRow:
    starts = {block.id: start for block, start in way.starts}
    late = way.over or 0
    return LateRow(
        behind=language.short_minutes(way.behind),
        do=_do(language, session, way),
        starts=tuple(_clock(starts.get(block.id)) for block in session.blocks[1:]),
        end=_clock(session.end + late) if way.over is not None else "",
        late=bool(late) or way.over is None,
    )


def _clock(at: int | None) -> str:
    """`9:05`: in a table of times, the half of the day is plain from those beside it."""
    if at is None:
        return ""
    hour, minute = divmod(at % (24 * 60), 60)
    return f"{(hour - 1) % 12 + 1}:{minute:02}"


def _do(language: Language, session: Session, way: WayToTheEnd) -> str:
    if way.over is None:
        locked = any(block.locked for block in session.blocks)
        return language.phrase("slot.cannot_be_kept" if locked else "slot.too_few_breaks")
    parts = []
    if way.left_out:
        named = ", ".join(short_name(language, block) for block in way.left_out)
        parts.append(language.phrase("slot.drop", blocks=named))
    parts += [
        language.phrase("slot.shorten_to", block=short_name(language, block), minutes=minutes)
        for block, minutes in way.changed
    ]
    if way.over:
        parts.append(language.phrase("slot.ends_late", n=way.over))
    told = joined_by("; ", parts) if parts else language.phrase("slot.nothing_to_do")
    return like(told, f"{told[:1].upper()}{told[1:]}")


def _ahead(workshop: Workshop, session: Session) -> Iterator[str]:
    language, found = workshop.language, spare(session)
    for block, minutes in found.added:
        following = next((each for each in session.blocks if each.start >= block.start), None)
        name = "slot.add" if following else "slot.add_at_the_end"
        said = language.phrase(name, block=block.title, minutes=minutes, following=following.title if following else "")
        worksheet = bool(block.activity and block.activity.worksheet)
        yield joined_by(" ", [said, language.phrase("slot.not_printed")]) if worksheet else said
    longer = [language.phrase("slot.up_to", block=_numbered(block), minutes=minutes) for block, minutes in found.longer]
    if longer:
        yield language.phrase("slot.give", blocks=language.listed(longer, "or"))
    elif not found.added:
        yield language.phrase("slot.nothing_to_add")
