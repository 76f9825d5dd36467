"""How fast sessions are fitted to their slots: `python tests/bench/fitting.py`.

A day of 20, 40 and 80 short blocks is fitted to slots from its least to its most. Then every plan of the base is
fitted, and every way to the end of its sessions is found. One goal: no slot of 40 blocks takes 50 ms of CPU. Times are
the best of several.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from test_retiming import NINE, long_day  # noqa: E402

from kit.late import ways_to_the_end  # noqa: E402
from kit.load import Library, load  # noqa: E402
from kit.localise import Request, lengths, localise  # noqa: E402
from kit.retiming import needed, retimed, span_of  # noqa: E402
from kit.terminal import columns  # noqa: E402
from kit.workspace import Workspace  # noqa: E402

RUNS = 3
SLOTS = 25
GOAL = 50


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of CPU, the best of several runs."""
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return 1000 * min(times)


def slots(blocks: int) -> list[float]:
    """What each of some slots takes, of a day of so many blocks."""
    pieces = long_day(blocks)
    always = needed(pieces)
    span = span_of(pieces, NINE, always)
    lengths = range(span.least, span.most + 1, max(1, (span.most - span.least) // SLOTS))
    return [spent(lambda minutes=minutes: retimed(pieces, NINE, minutes, always)) for minutes in lengths]  # type: ignore[misc]


def plan(library: Library, id: str) -> tuple[float, float]:
    """What it takes to localise a plan in a slot in the middle of its span, and to find its ways to the end."""
    span = lengths(library, id)
    assert span is not None
    request = Request(minutes=(span.least + span.most) // 2)
    workshop = localise(library, id, request).value
    assert workshop is not None
    begun = time.process_time()
    for session in workshop.sessions:
        list(ways_to_the_end(session))
    late = 1000 * (time.process_time() - begun)
    return spent(lambda: localise(library, id, request)), late


def main() -> None:
    rows = [("blocks", "middle slot, ms", "slowest slot, ms")]
    for blocks in (20, 40, 80):
        times = sorted(slots(blocks))
        rows.append((str(blocks), f"{times[len(times) // 2]:.1f}", f"{times[-1]:.1f}"))
        if blocks == 40:
            met = times[-1] < GOAL
    print(columns(rows))
    print(f"slowest slot of 40 blocks: goal under {GOAL} ms {'met' if met else 'NOT MET'}")
    library = load(Workspace(ROOT, ROOT)).value
    assert library is not None
    rows = [("plan", "localised, ms", "ways to the end, ms")]
    for id in library.plans:
        fit, late = plan(library, id)
        rows.append((id, f"{fit:.1f}", f"{late:.1f}"))
    print(columns(rows))


if __name__ == "__main__":
    main()
