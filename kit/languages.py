"""Files of words to the languages that a pack speaks: later files before earlier ones, phrase by phrase."""

from __future__ import annotations

from collections.abc import Iterator

from kit.diagnostics import Diagnostic
from kit.faults import near
from kit.model.language import DocumentWords, Forms, Language, Tag
from kit.model.terms import Terms
from kit.model.words import Translation, Words
from kit.source import SourceText
from kit.wording import curly


def language(tag: Tag, files: tuple[Words | Translation, ...], fallback: Language | None = None) -> Language:
    """What the files say together; a later file comes before an earlier one."""
    phrases: dict[str, Forms] = {}
    documents: dict[str, DocumentWords] = {}
    for words in files:
        phrases |= {
            f"{group}.{name}": _curled(phrase)
            for group, named in words.phrases.items()
            for name, phrase in named.items()
        }
        for id, said in words.documents.items():
            before = documents.get(id, DocumentWords())
            documents[id] = before.model_copy(
                update={name: curly(getattr(said, name)) for name in said.model_fields_set if getattr(said, name)}
            )
    texts: dict[str, dict[str, str]] = {}
    for words in files:
        for file, ways in words.texts.items() if isinstance(words, Translation) else ():
            texts.setdefault(file, {}).update(ways)
    base = fallback.terms if fallback else None
    name, short, terms = (fallback.name, fallback.short, base) if fallback else ("", "", None)
    for words in files:
        name, short = words.name or name, words.short or short
        own = {field: term for field, term in words.terms if term}
        terms = terms.model_copy(update=own) if terms else Terms.model_validate(own)
    return Language(tag, phrases, documents, texts, fallback, name, short, terms)


def _curled(phrase: Forms) -> Forms:
    return phrase.model_copy(update={name: curly(getattr(phrase, name)) for name in phrase.model_fields_set})


def word_faults(words: Translation, english: Language, text: SourceText) -> Iterator[Diagnostic]:
    """What a translation says that no document asks for, and braces that nothing fills."""
    for group, named in words.phrases.items():
        known = [name.partition(".") for name in english.phrases]
        groups = sorted({first for first, _, _ in known})
        if group not in groups:
            yield _unknown("group of phrases", group, groups, text, ("phrases", group))
            continue
        names = [second for first, _, second in known if first == group]
        for name, phrase in named.items():
            if name not in names:
                yield _unknown("phrase", name, names, text, ("phrases", group, name))
                continue
            asked = english.phrases[f"{group}.{name}"].fields()
            for field in sorted(phrase.fields() - asked):
                filled = (
                    f"It may hold {', '.join(f'{{{each}}}' for each in sorted(asked))}." if asked else "Take it out."
                )
                yield Diagnostic(
                    "unknown-field-of-a-phrase",
                    f"Nothing fills {{{field}}} in this phrase. {near(field, asked)}".strip(),
                    filled,
                    text.place(("phrases", group, name)),
                )
    for id in words.documents:
        if id not in english.documents:
            yield _unknown("document", id, list(english.documents), text, ("documents", id))


def _unknown(what: str, name: str, known: list[str], text: SourceText, path: tuple[str | int, ...]) -> Diagnostic:
    return Diagnostic(
        "unknown-phrase",
        f"There is no {what} “{name}”. {near(name, known)}".strip(),
        "Take its name from content/words/en-GB.yaml.",
        text.place(path, key=True),
    )
