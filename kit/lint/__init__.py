"""Rules over what was loaded and localised: each finds diagnostics and changes nothing.

Every rule is named here. `kit check --explain CODE` tells a reader what a code means; its page stands in
`kit/explanations.yaml`. A warning may be allowed in the content with a reason: `allowances`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kit.diagnostics import Diagnostic
from kit.lint.coverage import (
    objectives_not_reached,
    objectives_not_tested,
    themes_in_few_activities,
    voices_not_heard,
    weak_verbs,
)
from kit.lint.language import slips, titles_not_in_sentence_case
from kit.lint.links import malformed_links
from kit.lint.prose import passages
from kit.lint.quotations import outside_their_themes, quoted_too_much, quotes_too_long
from kit.lint.reading import hard_to_read, sentences_too_long
from kit.lint.sources import (
    framework_checks_too_old,
    logo_without_permission,
    policy_reviews_too_old,
    trust_named_in_base,
)
from kit.lint.workshop import (
    break_too_short,
    clock_changes,
    front_twice,
    large_print_for_too_many,
    lunch_out_of_hours,
    more_credits_than_hours,
    no_test,
    sitting_too_long,
    too_few_or_many,
    too_long_without_break,
    without_debrief,
    without_materials,
)
from kit.load import Library
from kit.model.workshop import Workshop
from kit.source import SourceText

LIBRARY_RULES = (
    quotes_too_long,
    quoted_too_much,
    outside_their_themes,
    logo_without_permission,
    trust_named_in_base,
)
"""Over the content as one edition sees it."""

WHOLE_RULES = (themes_in_few_activities,)
"""Over all content: they mean nothing where only the activities of one plan are read."""

PROSE_RULES = (slips, titles_not_in_sentence_case, sentences_too_long, hard_to_read, malformed_links)
"""Over the passages of files, as they are written."""

WORKSHOP_RULES = (
    weak_verbs,
    objectives_not_reached,
    objectives_not_tested,
    voices_not_heard,
    no_test,
    front_twice,
    sitting_too_long,
    too_long_without_break,
    break_too_short,
    lunch_out_of_hours,
    without_debrief,
    without_materials,
    too_few_or_many,
    more_credits_than_hours,
    large_print_for_too_many,
    clock_changes,
)
"""Over one plan on the clock."""


def library_faults(library: Library, today: date | None = None) -> Iterator[Diagnostic]:
    """What is wrong with the content whichever workshop is made of it. Without `today`, nothing is too old."""
    for rule in LIBRARY_RULES:
        yield from rule(library)
    if today is not None:
        yield from framework_checks_too_old(library, today)
        yield from policy_reviews_too_old(library, today)


def whole_faults(library: Library) -> Iterator[Diagnostic]:
    """What is wrong with a library that holds every activity there is."""
    for rule in WHOLE_RULES:
        yield from rule(library)


def prose_faults(texts: Iterable[tuple[str, SourceText]]) -> Iterator[Diagnostic]:
    """What is wrong with the words of files, which are given with their roles as a library has them."""
    read = tuple(passages(texts))
    for rule in PROSE_RULES:
        yield from rule(read)


def workshop_faults(workshop: Workshop) -> Iterator[Diagnostic]:
    """What is wrong with one workshop."""
    for rule in WORKSHOP_RULES:
        yield from rule(workshop)
