"""What the start page shows: the files of a pack, what to print of them, and how plans cover the themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.load import Library
from kit.model.article import Theme
from kit.model.document import FacilitatorView
from kit.model.packview import CoverageRow, CoverageView, FileRow, IndexView
from kit.model.workshop import Workshop
from kit.printguide import prints_view
from kit.printing import Printed, edition_name


def index_view(
    facilitator: FacilitatorView,
    workshop: Workshop,
    printed: Sequence[Printed],
    coverage: CoverageView,
    absent: Sequence[tuple[str, str]] = (),
) -> IndexView:
    """What is in the pack, what is not (title and reason), what to print of it, and how it covers the themes."""
    return IndexView(
        facilitator=facilitator,
        prints=prints_view(workshop, printed),
        files=tuple(
            FileRow(
                item.path,
                item.kind.title,
                item.title,
                item.kind.purpose,
                item.kind.audience,
                item.kind.moment,
                item.send,
                item.kind.each == "handout",
                item.session,
                edition_name(workshop.language, item.edition),
                item.web_page,
            )
            for item in printed
        ),
        coverage=coverage,
        absent=tuple(absent),
    )


def coverage_view(library: Library, workshops: Mapping[str, Workshop | None]) -> CoverageView:
    """The matrix of themes, activities and plans. A plan that makes no workshop has no number."""
    return CoverageView(
        plans=tuple((id, library.plans[id].title) for id in workshops),
        rows=tuple(
            CoverageRow(
                theme.id,
                theme.title,
                tuple(a.title for a in library.activities.values() if theme.id in a.themes),
                tuple(_blocks_on(theme, workshop) if workshop else None for workshop in workshops.values()),
            )
            for theme in library.article.themes
        ),
    )


def _blocks_on(theme: Theme, workshop: Workshop) -> int:
    return sum(bool(block.activity and theme.id in block.activity.themes) for block in workshop.blocks)
