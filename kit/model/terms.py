"""What an organisation calls its parts and its people."""

from __future__ import annotations

from kit.model.entry import Entry, Line


class Term(Entry):
    """A word of the organisation's own, in the singular and the plural, in lower case unless it is a name."""

    one: Line
    many: Line


class Terms(Entry):
    """What this organisation calls its parts and its people."""

    unit: Term
    sub_unit: Term
    executive_doctor: Term
    clinical_director: Term
    clinical_lead: Term
    general_manager: Term


class TrustTerms(Entry):
    """The terms a trust changes; the others stay as they are."""

    unit: Term | None = None
    sub_unit: Term | None = None
    executive_doctor: Term | None = None
    clinical_director: Term | None = None
    clinical_lead: Term | None = None
    general_manager: Term | None = None
