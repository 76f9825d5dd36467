"""How wide other typefaces run than the one that texts are measured in.

A template brings its own type, and its font files are seldom at hand. Running English text in it is this many times
as wide as in Arial, rounded up; what is not known counts as wider than almost any, so that text still fits.
"""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN = 1.15
CAPITALS = 1.28
"""Text set in capitals is this much wider than written."""

WIDTHS: Mapping[str, float] = {
    "aptos": 1.01,
    "aptos display": 0.98,
    "arial": 1.0,
    "arial narrow": 0.82,
    "book antiqua": 0.99,
    "calibri": 0.91,
    "calibri light": 0.91,
    "cambria": 0.98,
    "candara": 0.94,
    "carlito": 0.91,
    "century gothic": 1.1,
    "corbel": 0.93,
    "frutiger": 1.03,
    "frutiger lt std": 1.03,
    "garamond": 0.86,
    "georgia": 1.03,
    "gill sans mt": 0.95,
    "gill sans nova": 0.95,
    "helvetica": 1.0,
    "helvetica neue": 1.01,
    "inter": 1.07,
    "lato": 0.99,
    "liberation sans": 1.0,
    "liberation serif": 0.9,
    "montserrat": 1.17,
    "noto sans": 1.07,
    "open sans": 1.07,
    "palatino linotype": 0.99,
    "poppins": 1.14,
    "public sans": 1.07,
    "roboto": 1.0,
    "segoe ui": 1.02,
    "segoe ui light": 1.0,
    "source sans pro": 0.94,
    "tahoma": 1.01,
    "times new roman": 0.9,
    "trebuchet ms": 0.99,
    "verdana": 1.17,
}


def width(family: str) -> float:
    """How many times as wide as Arial a typeface runs."""
    return WIDTHS.get(family.strip().lower(), UNKNOWN)
