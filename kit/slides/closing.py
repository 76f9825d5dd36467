"""The slides after the last block: what to do at home, and the sources."""

from __future__ import annotations

from collections.abc import Iterator

from kit.model.document import NotesView, SlideView
from kit.model.language import put_together
from kit.model.workshop import SessionBlock
from kit.slides.context import Context
from kit.wheel import ON_SLIDES, wheel


def closing(context: Context) -> Iterator[SlideView]:
    if context.session.homework:
        yield _homework(context, context.session.blocks[-1])
    yield _themes(context)
    yield _sources(context)


def _homework(context: Context, block: SessionBlock) -> SlideView:
    """The last slide of the last block, which sends people off with it."""
    following = context.participant.sessions[0].following
    return SlideView(
        id=f"{block.id}/homework",
        layout="commitments",
        section=block.title,
        title=context.language.phrase("common.before_session", number=following.number)
        if following
        else context.language.phrase("common.afterwards"),
        points=context.session.homework,
        notes=NotesView(_at_the_end(context), (context.say("homework_note"),)),
        place=context.place_in_session("homework"),
    )


def _themes(context: Context) -> SlideView:
    return SlideView(
        id="0-closing/themes",
        layout="wheel",
        section=context.say("closing"),
        title=context.say("themes"),
        wheel=wheel(context.workshop, ON_SLIDES[context.shape]),
        notes=NotesView(_at_the_end(context), (context.say("themes_note"),)),
        place=context.place("themes", "themes"),
    )


def _sources(context: Context) -> SlideView:
    source, feedback = context.participant.source, context.participant.feedback
    return SlideView(
        id="0-closing/source",
        layout="closing",
        section=context.say("closing"),
        title=context.say("sources"),
        source=source.citation,
        subtitle=feedback.address if feedback and context.session.number == context.session.of else "",
        points=tuple(put_together("{name}: {post}", name=name, post=post) for name, post in source.voices),
        notes=NotesView(_at_the_end(context), (source.count, source.quoting)),
        place=context.place("source", "title"),
    )


def _at_the_end(context: Context) -> str:
    return context.say("ends_at", time=context.language.clock(context.session.end))
