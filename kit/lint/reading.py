"""How hard participants' text is to read: the length of sentences, and the grade of all of them together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kit.diagnostics import Diagnostic
from kit.lint.prose import Passage, without_placeholders

MOST_WORDS_IN_A_SENTENCE = 25
HIGHEST_GRADE = 12
FEWEST_WORDS = 100
"""A grade of fewer words says little."""

_ROUGH_BY = 1
"""Grades by which the rough count of syllables may lie below the exact one."""

_END = re.compile(r"(?<=[.!?])[”’)*]*\s+|\n\s*\n|\n\s*[-*] ")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])*")
_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


def sentences_too_long(read: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Sentences of more than 25 words in what participants read. A quotation, and a trust's own term, is 1 word."""
    for passage in read:
        if not passage.for_participants or passage.words.count(" ") < MOST_WORDS_IN_A_SENTENCE:
            continue
        for sentence in _END.split(without_placeholders(passage.unquoted, "term")):
            words = [word for word in sentence.split() if any(map(str.isalnum, word)) or word == "–"]
            if len(words) > MOST_WORDS_IN_A_SENTENCE:
                yield Diagnostic(
                    "sentence-too-long",
                    f"The sentence “{' '.join(words[:4])} ...” has {len(words)} words; "
                    f"{MOST_WORDS_IN_A_SENTENCE} is the most.",
                    "Make 2 sentences of it.",
                    passage.place,
                    severity="warning",
                )


def hard_to_read(read: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Files whose participants' text needs more than 12 years of schooling. Titles and labels do not count."""
    files: dict[str, list[Passage]] = {}
    for passage in read:
        if passage.for_participants and passage.words.rstrip("”’)* \n").endswith((".", "?", "!")):
            files.setdefault(passage.source.file, []).append(passage)
    for texts in files.values():
        prose = [without_placeholders(passage.unquoted) for passage in texts]
        sentences = sum(1 for text in prose for part in _END.split(text) if _WORD.search(part))
        words = [word for text in prose for word in _WORD.findall(text)]
        if len(words) < FEWEST_WORDS:
            continue
        # The exact count needs a table of 60,000 patterns, the rough one is too high for most words: few need both.
        if grade(words, sentences, {word: len(_VOWELS.findall(word)) for word in words}) < HIGHEST_GRADE - _ROUGH_BY:
            continue
        level = grade(words, sentences, syllables(words))
        if level > HIGHEST_GRADE:
            yield Diagnostic(
                "hard-to-read",
                f"What participants read here needs {level:.0f} years of schooling; {HIGHEST_GRADE} is the most.",
                "Shorten the longest sentences first, then choose shorter words.",
                texts[0].place,
                severity="warning",
            )


def grade(words: Sequence[str], sentences: int, counts: Mapping[str, int]) -> float:
    """The Flesch-Kincaid grade (Kincaid and others, 1975) in years of schooling; `counts` are syllables of a word."""
    heard = sum(max(1, counts[word]) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * heard / len(words) - 15.59


def syllables(words: Sequence[str]) -> Mapping[str, int]:
    """Syllables of each word, counted as the places where a line may break it."""
    from pyphen import Pyphen

    # The American patterns follow the syllables; the British ones follow the origin of the word.
    patterns = Pyphen(lang="en_US")
    return {word: len(patterns.positions(word.lower())) + 1 for word in dict.fromkeys(words)}
