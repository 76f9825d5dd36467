"""Speaker notes: what the person presenting needs of the clock, of the steps, and when time runs short."""

from __future__ import annotations

from collections.abc import Iterator

from kit.grouping import ready
from kit.leeway import Shortening, shortenings
from kit.model.document import CueView
from kit.model.workshop import SessionBlock
from kit.people import adapted, instead_in_words
from kit.slides.context import Context

MOST_SHORTENINGS = 3
"""Named for a block: whoever is late has time for few moves, and those that save most come first."""


def clock_of(context: Context, block: SessionBlock, start: int, minutes: int) -> str:
    """`9:10am to 9:35am, must end by 9:50am`: the second part only where the block may run on."""
    clock, latest = context.language.clock_range(start, minutes), context.latest_ends[block.id]
    if latest <= block.end:
        return clock
    return context.say("must_end_by", clock=clock, time=context.language.clock(latest))


def cues(context: Context, block: SessionBlock) -> Iterator[CueView]:
    """What to say and watch for at each step, with the time at which it begins; before them, to change over."""
    if block.changeover:
        minutes = context.language.short_minutes(block.changeover)
        yield CueView(context.say("changeover", time=context.language.clock(block.start), minutes=minutes), "", "")
    for timed in block.steps:
        step = timed.step
        if step.say or step.watch:
            title = context.say(
                "cue",
                time=context.language.clock(timed.start),
                step=step.title,
                minutes=context.language.short_minutes(timed.minutes),
            )
            yield CueView(title, step.say or "", step.watch or "")


def materials(context: Context, block: SessionBlock) -> Iterator[str]:
    """What to have in hand, with how many of each."""
    activity = block.activity
    if activity is None:
        return
    for material in activity.materials:
        yield context.say("so_many", n=ready(material, activity, context.workshop), item=material.item)


def of_people(context: Context, block: SessionBlock) -> Iterator[str]:
    """What is different for as many people as come: another activity, another way to run it."""
    told = instead_in_words(context.workshop, block), adapted(context.workshop, block)
    yield from filter(None, told)


def workbook(context: Context, block: SessionBlock) -> str:
    page = context.workbook_pages.get(block.id, 0)
    return context.language.phrase("common.workbook_page", page=page, number=block.handout) if page else ""


def worthwhile(block: SessionBlock) -> tuple[Shortening, ...]:
    """The few shortenings that save most, in the order of the block."""
    every = shortenings(block)
    best = sorted(every, key=lambda each: -each.saves)[:MOST_SHORTENINGS]
    return tuple(each for each in every if each in best)


def shortened(context: Context, each: Shortening) -> str:
    """`“Sort the cards” from 8 to 5 min`"""
    name = "from_to" if each.title else "debrief_from_to"
    return context.say(name, step=each.title, planned=each.planned, least=each.least)


def when_late(context: Context, block: SessionBlock) -> Iterator[str]:
    """What to shorten, and whether the block may be left out: nothing of a break."""
    if block.activity is None:
        return
    named = worthwhile(block)
    if named:
        parts = context.language.listed([shortened(context, each) for each in named])
        yield context.say("shorten", parts=parts, n=sum(each.saves for each in named))
    yield context.say(f"late_{block.priority}", minutes=context.language.duration(block.minutes))
