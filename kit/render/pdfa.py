"""PDF/UA-1 to PDF/A-3a as well (ISO 19005-3, level A), for keeping; with files attached, and those files read again.

A PDF/A says what its colours mean, has an appearance for each of its fields, and names both standards in its metadata,
the second by a description of what it adds there. What was made is done once more with pikepdf: WeasyPrint writes
one standard or the other.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_PRINT = 4
"""The flag of an annotation that is printed with its page: ISO 32000-1, 12.5.3."""
_PROFILE = "pdf/sRGB2014.icc"
"""The sRGB profile of the International Color Consortium, which WeasyPrint carries."""

_TYPES = {
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".css": "text/css",
}

_BOTH_STANDARDS = """\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class Unreadable(Exception):
    """What was given is no PDF, is damaged, or carries more than was expected."""


def archived(data: bytes, attached: Mapping[str, bytes], created: datetime) -> bytes:
    """The PDF/UA-1 file `data` as PDF/A-3a too, with the files `attached` by name as what it was made from.

    `created` becomes their date: the same input gives the same bytes.
    """
    pikepdf = _pikepdf()
    with pikepdf.Pdf.open(BytesIO(data)) as pdf:
        _say_what_colours_mean(pdf)
        _say_both_standards(pdf)
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                note.F = int(note.get("/F", 0)) | _PRINT
                _give_appearance(note, pdf)
        if "/AcroForm" in pdf.Root and "/NeedAppearances" in pdf.Root.AcroForm:
            del pdf.Root.AcroForm["/NeedAppearances"]
        if attached:
            _attach(pdf, attached, created)
        written = BytesIO()
        pdf.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()


def _say_what_colours_mean(pdf: pikepdf.Pdf) -> None:
    """An output intent: ISO 19005-3, 6.2.3."""
    pikepdf = _pikepdf()
    profile = pikepdf.Stream(pdf, _srgb(), N=3)
    pdf.Root.OutputIntents = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.OutputIntent,
                S=pikepdf.Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB2014",
                Info="sRGB2014",
                DestOutputProfile=pdf.make_indirect(profile),
            )
        ]
    )


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    # Found without loading WeasyPrint: a process that has it loaded hands on the fonts that it has drawn with.
    found = find_spec("weasyprint")
    assert found is not None
    assert found.origin is not None
    loader: Any = found.loader
    data: bytes = loader.get_data(str(Path(found.origin).parent / _PROFILE))
    return data


def _say_both_standards(pdf: pikepdf.Pdf) -> None:
    """Both are named in the metadata, and PDF/A is told what PDF/UA adds to it: ISO 19005-3, 6.6.2.3 and 6.6.4."""
    said = bytes(pdf.Root.Metadata.get_stream_buffer())
    head, end, foot = said.rpartition(b"</rdf:RDF>")
    pdf.Root.Metadata.write(head + _BOTH_STANDARDS.encode() + end + foot)


def _give_appearance(note: Any, pdf: pikepdf.Pdf) -> None:
    """A field that nothing is written in looks like nothing: ISO 19005-3, 6.3.3. A link has no looks of its own."""
    pikepdf = _pikepdf()
    if note.get("/Subtype") != "/Widget":
        return
    left, bottom, right, top = (float(edge) for edge in note.Rect)
    empty = pikepdf.Stream(pdf, b"/Tx BMC EMC")
    empty.Type, empty.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    empty.BBox = pikepdf.Array([0, 0, abs(right - left), abs(top - bottom)])
    if "/AP" not in note:
        note.AP = pikepdf.Dictionary(N=pdf.make_indirect(empty))
    elif note.get("/FT") == "/Btn" and "/Off" not in note.AP.N:
        note.AP.N.Off = pdf.make_indirect(empty)


def _attach(pdf: pikepdf.Pdf, attached: Mapping[str, bytes], created: datetime) -> None:
    """Attachments are associated with the document as what it was made from: ISO 19005-3, 6.8."""
    pikepdf = _pikepdf()
    aware = created if created.tzinfo else created.replace(tzinfo=UTC)
    stamp = aware.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    names, related = [], []
    for name, data in sorted(attached.items()):
        stream = pikepdf.Stream(pdf, data)
        stream.Type = pikepdf.Name.EmbeddedFile
        stream.Subtype = pikepdf.Name(f"/{_TYPES.get(Path(name).suffix.lower(), 'application/octet-stream')}")
        stream.Params = pikepdf.Dictionary(
            Size=len(data),
            CreationDate=stamp,
            ModDate=stamp,
            CheckSum=pikepdf.String(hashlib.md5(data, usedforsecurity=False).digest()),
        )
        reference = pdf.make_indirect(stream)
        specification = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Filespec,
                F=name,
                UF=name,
                EF=pikepdf.Dictionary(F=reference, UF=reference),
                AFRelationship=pikepdf.Name.Source,
            )
        )
        names += [pikepdf.String(name), specification]
        related.append(specification)
    pdf.Root.AF = pikepdf.Array(related)
    if "/Names" not in pdf.Root:
        pdf.Root.Names = pikepdf.Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(names)))


# Reading -----------------------------------------------------------------------------------------


def attachments(data: bytes, most_files: int, most_bytes: int) -> Mapping[str, bytes]:
    """The files that a PDF from anywhere carries, by name; none for one that carries none. Raises `Unreadable`.

    Nothing is unpacked beyond `most_bytes` in all. Only a name tree without branches is read: that is what is written
    here.
    """
    pikepdf = _pikepdf()
    pikepdf.settings.set_qpdf_limits(flate_max_memory=most_bytes, max_stream_filters=4)
    try:
        with pikepdf.Pdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            return dict(_attachments(pdf, most_files, most_bytes))
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError, zlib.error) as error:
        raise Unreadable(str(error)) from error


def _attachments(pdf: pikepdf.Pdf, most_files: int, room: int) -> Iterator[tuple[str, bytes]]:
    root: Any = pdf.Root
    pairs = root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    if len(pairs) > 2 * most_files:
        raise Unreadable("too many attachments")
    for position in range(0, len(pairs) - 1, 2):
        stream = pairs[position + 1].EF.F
        unpacked = _unpacked(stream, room)
        room -= len(unpacked)
        yield str(pairs[position]), unpacked


def _unpacked(stream: Any, room: int) -> bytes:
    raw: bytes = stream.read_raw_bytes()
    how = stream.get("/Filter")
    if how is None:
        unpacked = raw
    elif str(how) == "/FlateDecode" and "/DecodeParms" not in stream:
        inflating = zlib.decompressobj()
        unpacked = inflating.decompress(raw, room + 1)
    else:
        raise Unreadable("an attachment is packed in another way")
    if len(unpacked) > room:
        raise Unreadable("the attachments are too large")
    return unpacked


@lru_cache(maxsize=1)
def _pikepdf() -> Any:
    # Loaded at the first call: commands that archive nothing need not pay for it.
    from importlib import import_module

    return import_module("pikepdf")
