"""What a guide carries, and what is believed of one that comes from elsewhere: nothing that was not checked."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kit import archive
from kit.archive import RECORD, NotAnArchive, NotToBeKept, contents, differences, read
from kit.check import Order, check
from kit.cli import app
from kit.localise import Request
from kit.model.edition import Edition
from kit.model.record import Record
from kit.render import pdfa
from kit.workspace import Workspace

DAY = date(2027, 1, 4)
PLAN = b"id: short\n"


def carrying(files: Mapping[str, bytes]) -> bytes:
    """A PDF with attachments and nothing else that matters."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdfa._attach(pdf, files, datetime(2027, 1, 4, tzinfo=UTC))
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()


def told(files: Mapping[str, bytes], **more: Any) -> bytes:
    said: dict[str, Any] = {
        "form": 1,
        "kit": "0.9.0",
        "build_id": "abc1234",
        "built_on": "2027-01-04",
        "plan": "short",
        "plan_file": "short.yaml",
        "inputs": {},
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    return json.dumps(said | more).encode()


def guide(files: Mapping[str, bytes], **more: Any) -> bytes:
    return carrying({**files, RECORD: told(files, **more)})


TRUST = {"short.yaml": PLAN, "trust/trust.yaml": b"id: oakfield\n"}


# What is carried ---------------------------------------------------------------------------------


def test_the_plan_of_the_base_and_the_folder_of_the_trust_are_carried(small: Workspace) -> None:
    folder = small.content / "trusts/oakfield"
    (folder / ".kit").mkdir()
    (folder / ".kit/before.yaml").write_text("x: 1\n")
    (folder / "notes.docx").write_bytes(b"private")
    (folder / "logos").mkdir()
    (folder / "logos/our logo@2x.png").write_bytes(b"png")
    files = contents(small, Order("short", "oakfield"))
    assert files["short.yaml"] == (small.content / "plans/short.yaml").read_bytes()
    assert files["trust/trust.yaml"] == (folder / "trust.yaml").read_bytes()
    assert files["trust/logos/our logo@2x.png"] == b"png"
    assert not [name for name in files if ".kit/" in name or name.endswith(".docx")]


def test_a_plan_of_the_trusts_own_is_carried_once(small: Workspace) -> None:
    own = small.content / "trusts/oakfield/plans"
    own.mkdir()
    (own / "short.yaml").write_bytes((small.content / "plans/short.yaml").read_bytes())
    assert [name for name in contents(small, Order("short", "oakfield")) if "short" in name] == [
        "trust/plans/short.yaml"
    ]


@pytest.mark.parametrize("name", ["nul.png", "a:b.png", "x" * 120 + ".png", "a/b/c/d/e/f/g.png"])
def test_a_name_that_not_every_computer_can_write_is_refused_while_it_can_be_changed(
    small: Workspace, name: str
) -> None:
    path = small.content / "trusts/oakfield" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"png")
    with pytest.raises(NotToBeKept, match=r"plain one\.$"):
        contents(small, Order("short", "oakfield"))


def test_a_folder_that_is_too_large_is_refused(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 2000)
    with pytest.raises(NotToBeKept, match=r"no room for trust\.yaml"):
        contents(small, Order("short", "oakfield"))


def test_what_was_asked_for_comes_back(small: Workspace) -> None:
    request = Request(
        (date(2027, 3, 4),), 13 * 60, 14, 4, 2, (Edition(), Edition("large-print", 22.0, 2), Edition("mono"))
    )
    order = Order("short", "oakfield", request, flip="fold", back_offset=(1.5, -0.75), print_shop=True)
    checked = check(small, order).value
    assert checked is not None
    files = contents(small, order)
    record = archive.record(checked, order, files, "abc1234", DAY)
    found = read(carrying({**files, RECORD: record.model_dump_json().encode()}))
    assert found.request == replace(request, editions=found.request.editions)
    assert [(each.id, each.copies) for each in found.request.editions] == [
        ("standard", None),
        ("large-print-22", 2),
        ("mono", None),
    ]
    asked = found.record.asked
    assert (asked.flip, asked.back_offset, asked.print_shop) == ("fold", (1.5, -0.75), True)
    assert found.files == files


# What is believed --------------------------------------------------------------------------------


def test_a_guide_of_ours_is_read() -> None:
    assert read(guide(TRUST, trust="oakfield")).files == TRUST


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (b"", "cannot be read as a PDF"),
        (b"%PDF-1.7\nnonsense", "cannot be read as a PDF"),
        (carrying({}), "carries no plan"),
        (carrying({"short.yaml": PLAN}), "carries no plan"),
        (carrying({"short.yaml": PLAN, RECORD: b"{"}), "cannot be read"),
        (carrying({"short.yaml": PLAN, RECORD: b"[" * 100_000}), "cannot be read"),
        (guide(TRUST, trust="oakfield", form=2), "a newer kit"),
        (guide(TRUST, trust="../oakfield"), "cannot be read"),
        (guide(TRUST, trust="oakfield", asked={"editions": "braille"}), "cannot be read"),
        (guide(TRUST, trust="oakfield", surprise=1), "cannot be read"),
        (carrying({"short.yaml": b"id: other\n", RECORD: told({"short.yaml": PLAN})}), "not those that it says"),
        (carrying({**TRUST, RECORD: told({"short.yaml": PLAN})}), "not those that it says"),
        (guide({}, plan_file="short.yaml"), "is missing"),
        (guide({"short.yaml": PLAN}, trust="oakfield"), "is missing"),
        (guide(TRUST), "no pack is made from"),
        (guide({**TRUST, "trust/A.png": b"", "trust/a.png": b""}, trust="oakfield"), "2 files of the same name"),
    ],
    # A PDF holds the second in which it was made, and its bytes would be a part of the name.
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_not_a_guide_of_ours_is_refused_with_a_reason(pdf: bytes, reason: str) -> None:
    with pytest.raises(NotAnArchive, match=reason):
        read(pdf)


NASTY = [
    "../trust.yaml",
    "/etc/passwd",
    "trust/../../up.yaml",
    "trust//double.yaml",
    "trust/./dot.yaml",
    "trust/.hidden.yaml",
    "trust/.kit/x.yaml",
    "trust\\..\\up.yaml",
    "C:/x.yaml",
    "trust/con.yaml",
    "trust/ends. /x.yaml",
    "trust/new\nline.yaml",
    "trust/program.py",
    "trust/run.sh",
    "other.yaml",
    "elsewhere/x.yaml",
    "trust/" + "a/" * 9 + "x.yaml",
]


@pytest.mark.parametrize("name", NASTY)
def test_names_that_would_leave_the_folder_or_run_are_refused(name: str) -> None:
    with pytest.raises(NotAnArchive, match="no pack is made from"):
        read(guide({**TRUST, name: b"x"}, trust="oakfield"))


@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["..", ".", "", "trust", "a.yaml", "~"])), max_size=6))
def test_whatever_is_accepted_stays_in_its_folder(parts: list[str]) -> None:
    name = "/".join(parts)
    record = Record.model_validate_json(told({}, trust="oakfield"))
    if archive._may_be_written(name, record):
        folder = Path("/somewhere/new")
        assert (folder / name).resolve().is_relative_to(folder)
        assert not any(part.startswith(".") for part in parts)


def spoilt(change: Any) -> bytes:
    with pikepdf.open(BytesIO(guide(TRUST, trust="oakfield"))) as pdf:
        change(pdf)
        written = BytesIO()
        pdf.save(written)
        return written.getvalue()


def bomb(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
    stream.write(zlib.compress(b"\0" * (archive.MOST_BYTES + 1)), filter=pikepdf.Name.FlateDecode)


def many(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    for number in range(archive.MOST_FILES + 1):
        names.append(pikepdf.String(f"trust/{number}.yaml"))
        names.append(names[1])


@pytest.mark.parametrize(
    "change",
    [
        bomb,
        many,
        lambda pdf: pdf.Root.Names.EmbeddedFiles.Names.__setitem__(1, pikepdf.Dictionary()),
        lambda pdf: pdf.Root.Names.EmbeddedFiles.Names.__setitem__(1, 7),
        lambda pdf: pdf.Root.Names.__setitem__("/EmbeddedFiles", 7),
        lambda pdf: pdf.Root.__setitem__("/Names", pikepdf.Name.Nothing),
        lambda pdf: pdf.Root.Names.EmbeddedFiles.Names[1].EF.F.write(b"x", filter=pikepdf.Name.LZWDecode),
        lambda pdf: pdf.Root.Names.EmbeddedFiles.Names[1].EF.F.write(b"x", filter=pikepdf.Name.FlateDecode),
    ],
)
def test_a_spoilt_file_is_refused_and_nothing_else_happens(change: Any) -> None:
    with pytest.raises(NotAnArchive):
        read(spoilt(change))


@given(st.data())
def test_a_damaged_file_is_never_a_bug(data: st.DataObject) -> None:
    whole = bytearray(guide(TRUST, trust="oakfield"))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(NotAnArchive):
        assert read(bytes(whole)).record.plan


# What has changed --------------------------------------------------------------------------------


def test_the_same_build_id_is_the_same_pack_and_another_is_explained() -> None:
    record = Record.model_validate_json(told({}, inputs={"words": "0" * 64, "activity:troika": "1" * 64}))
    assert differences(record, "abc1234", {}) == ()
    version, content = differences(record, "fffffff", {"words": "0" * 64, "activity:troika": "2" * 64})
    assert "kit 0.9.0" in version
    assert content == "The content has changed since in: activity troika."


# The command -------------------------------------------------------------------------------------


def test_a_file_without_a_plan_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plain.pdf").write_bytes(carrying({}))
    result = CliRunner().invoke(app, ["rebuild", "plain.pdf"])
    assert result.exit_code == 2
    assert "Only a guide from kit build --archive does." in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plain.pdf"]


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("guide.pdf").write_bytes(guide(TRUST, trust="oakfield"))
    Path("rebuilt-short").mkdir()
    result = CliRunner().invoke(app, ["rebuild", "guide.pdf"])
    assert result.exit_code == 2
    assert "Choose another folder with -o" in result.stderr
    assert list(Path("rebuilt-short").iterdir()) == []
