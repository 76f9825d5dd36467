"""The proof sheet of a brand: what it shows, and that it is one page that everyone can read."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from speaking import english
from typer.testing import CliRunner

from kit.brandproof import BRAND_PROOF, BrandProofView, brand_proof_view
from kit.catalogue import apart, kinds
from kit.cli import app
from kit.load import load
from kit.palette import derived
from kit.render.job import Made
from kit.standalone import brand_proof
from kit.workspace import Workspace

DAY = date(2027, 1, 4)
LIGHT_AND_DARK = """\
color:
  palette: {sun: "#FFB81C", leaf: "#00A499", mist: "#8899A0"}
  foreground: mist
  primary: sun
  secondary: leaf
logo:
  images: {white: {path: white.svg}}
  medium:
    light: {path: logo.svg, alt: Northmoor}
    dark: white
"""


@pytest.fixture
def trust(project: Workspace, tmp_path: Path) -> Path:
    """A copy of Northmoor, to change at will."""
    folder = tmp_path / "ourtrust"
    shutil.copytree(project.content / "trusts" / "northmoor", folder)
    return folder


def made(project: Workspace, trust: Path) -> Made:
    outcome = brand_proof(project, trust, today=DAY)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def view(project: Workspace, trust: Path) -> BrandProofView:
    library = load(project, trust=trust).value
    assert library is not None
    found = derived(library.brand, library.texts.get("brand")).value
    assert found is not None
    return brand_proof_view(library, found, DAY)


def words(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def with_light_and_dark(trust: Path) -> Path:
    logo = (trust / "logo.svg").read_text("utf-8")
    (trust / "white.svg").write_text(logo.replace("#5B2A57", "#FFFFFF"), encoding="utf-8")
    (trust / "_brand.yml").write_text(LIGHT_AND_DARK, encoding="utf-8")
    return trust


def without_brand(trust: Path) -> Path:
    (trust / "_brand.yml").unlink()
    return trust


def without_logo(trust: Path) -> Path:
    (trust / "_brand.yml").write_text('color: {primary: "#14506B"}\n', encoding="utf-8")
    return trust


def test_it_shows_every_colour_with_its_measured_contrast(project: Workspace, trust: Path) -> None:
    text = words(made(project, trust).data)
    for part in ("Northmoor University Hospitals", "4 January 2027", "#5B2A57", "heather, as given", "10.9 : 1"):
        assert part in text
    assert "Nothing. Every colour can be read as the brand gives it." in text
    for part in ("Title, 22 point", "Its use is agreed to.", "Approved by", "Role", "Date"):
        assert part in text


def test_it_says_what_was_changed_and_why(project: Workspace, trust: Path) -> None:
    shown = view(project, with_light_and_dark(trust))
    assert [line.partition(":")[0] for line in shown.changes] == [
        "Text on the background",
        "The primary colour on the background",
        "The secondary colour on the background",
    ]
    assert "#FFB81C has 1.7 to 1, and text needs 4.5. Packs use #" in shown.changes[1]
    assert {swatch.name: swatch.origin for swatch in shown.swatches}["Primary"] == "changed from sun"


@pytest.mark.parametrize(
    ("change", "pictures"), [(lambda trust: trust, 2), (with_light_and_dark, 3), (without_brand, 0), (without_logo, 0)]
)
def test_it_is_1_tagged_page_whatever_the_brand_has(
    project: Workspace, trust: Path, change: object, pictures: int
) -> None:
    assert callable(change)
    found = made(project, change(trust))
    assert found.pages == 1
    with pikepdf.open(io.BytesIO(found.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        alts = [str(node.get("/Alt", "")) for node in pdf.objects if _is_figure(node)]
    assert all(alts)
    assert len([alt for alt in alts if alt.startswith("Northmoor")]) == pictures


def _is_figure(node: object) -> bool:
    return isinstance(node, pikepdf.Dictionary) and node.get("/S") == pikepdf.Name.Figure


def test_a_logo_is_shown_before_its_use_is_agreed_to_since_that_is_what_is_asked(
    project: Workspace, trust: Path
) -> None:
    shown = view(project, with_light_and_dark(trust))
    assert shown.house.has_logo
    assert shown.permission == "Until its use is agreed to, packs leave it out."


def test_the_same_brand_and_day_give_the_same_bytes(project: Workspace, trust: Path) -> None:
    assert made(project, trust).data == made(project, trust).data


def test_no_pack_holds_it(project: Workspace) -> None:
    assert BRAND_PROOF not in {kind.id for kind in kinds(project.templates(), english).value or ()}
    assert apart(project.templates(), BRAND_PROOF, english).value is not None


def test_the_command_writes_it_where_one_stands(trust: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kit.workspace.Workspace.find", lambda: Workspace(Path(__file__).parents[1], tmp_path))
    result = CliRunner().invoke(app, ["brand", "ourtrust"])
    assert (result.exit_code, result.stdout) == (0, "ourtrust-brand-proof.pdf\n")
    assert (tmp_path / "ourtrust-brand-proof.pdf").read_bytes().startswith(b"%PDF")
    assert CliRunner().invoke(app, ["brand", "nowhere"]).exit_code == 2


def test_faults_of_the_brand_stop_it(project: Workspace, trust: Path) -> None:
    (trust / "_brand.yml").write_text("color: {primary: heathr}\n", encoding="utf-8")
    outcome = brand_proof(project, trust, today=DAY)
    assert outcome.value is None
    assert [fault.code for fault in outcome.diagnostics] == ["unknown-colour"]
