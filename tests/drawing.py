"""Packs drawn in the process of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kit import pipeline
from kit.workers import Here


@contextmanager
def drawn_here() -> Iterator[pytest.MonkeyPatch]:
    """No build starts worker processes, whose start alone takes seconds where something was drawn before.

    For tests of what a pack holds: which bytes a document has depends on the process that drew it.
    """

    @contextmanager
    def here() -> Iterator[Here]:
        yield Here()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "executor", here)
        yield patch
