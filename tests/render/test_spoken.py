"""English in a page of another language: tagged where it stands, and never a trace of how."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kit.model.language import BEGIN, END, InEnglish, InPartEnglish, Language, in_place, joined_by, like, put_together
from kit.render.html import environment, whole_words
from kit.render.spoken import tagged

WELSH = Language("cy")


def page(template: str, **values: object) -> str:
    return tagged(environment({"page": template}, WELSH).get_template("page").render(**values))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<h1>{{ text }}</h1>", '<h1 lang="en-GB">A day &amp; a half</h1>'),
        ('<h1 class="a">\n{{ text }}\n</h1>', '<h1 class="a" lang="en-GB">A day &amp; a half</h1>'),
        ("<p>Mae {{ text }} yma</p>", '<p>Mae <span lang="en-GB">A day &amp; a half</span> yma</p>'),
        ("<p>{{ text }}, {{ text }}</p>", "<p>{0}, {0}</p>".format('<span lang="en-GB">A day &amp; a half</span>')),
        ('<p lang="cy">{{ text }}</p>', '<p lang="cy"><span lang="en-GB">A day &amp; a half</span></p>'),
        ("<p>{{ text[:1] | lower }}{{ text[1:] }}</p>", '<p lang="en-GB">a day &amp; a half</p>'),
        ("<p>{{ text[:1] | lower ~ text[1:] }}</p>", '<p lang="en-GB">a day &amp; a half</p>'),
        ("<p>{{ [text, 'ie'] | join(', ') }}</p>", '<p><span lang="en-GB">A day &amp; a half</span>, ie</p>'),
        ('<p title="{{ text }}">ie</p>', '<p title="A day &amp; a half">ie</p>'),
        ('<a href="x" title="{{ text }}">{{ text }}</a>', '<a href="x" title="A day &amp; a half" lang="en-GB">{}</a>'),
        ("<title>{{ text }}: x</title>", "<title>A day &amp; a half: x</title>"),
        ("<textarea>{{ text }}</textarea>", "<textarea>A day &amp; a half</textarea>"),
        ("<svg><text>{{ text }}</text></svg><p>x</p>", "<svg><text>A day &amp; a half</text></svg><p>x</p>"),
        ("<svg><title>{{ text }}</title></svg>", '<svg lang="en-GB"><title>A day &amp; a half</title></svg>'),
        ('<img alt="{{ text }}">', '<img lang="en-GB" alt="A day &amp; a half">'),
        ('<img alt="ie, {{ text }}">', '<img alt="ie, A day &amp; a half">'),
        ("<p>{{ text | mdi }}</p>", '<p lang="en-GB">A day &amp; a half</p>'),
        ("<p>{{ text | plain }}</p>", '<p lang="en-GB">A day &amp; a half</p>'),
        ("<p>{{ nothing }}</p>", "<p></p>"),
    ],
)
def test_it_is_tagged_where_an_element_may_stand(template: str, expected: str) -> None:
    shown = page(template, text=InEnglish("A day & a half"), nothing=InEnglish(""))
    assert shown.replace("&#39;", "'") == expected.replace("{}", "A day &amp; a half")


def test_marked_words_within_marked_words_are_tagged_once_around_the_link() -> None:
    shown = tagged(f'<p>Gweler {BEGIN}see <a href="x">{BEGIN}the page{END}</a> again{END}.</p>')
    assert shown == ('<p>Gweler <span lang="en-GB">see <a href="x" lang="en-GB">the page</a> again</span>.</p>')


def test_a_sentence_that_is_english_in_part_says_which_part() -> None:
    made = in_place("Tudalen: {title} ({n})", {"title": InEnglish("Fish & chips"), "n": 2})
    assert made == "Tudalen: Fish & chips (2)"
    assert isinstance(pickle.loads(pickle.dumps(made)), InPartEnglish)
    shown = page("<p>{{ text }}</p>", text=pickle.loads(pickle.dumps(made)))
    assert shown == '<p>Tudalen: <span lang="en-GB">Fish &amp; chips</span> (2)</p>'


def test_what_is_put_together_of_english_alone_is_english() -> None:
    assert isinstance(put_together("{a}: {b}", a=InEnglish("x"), b=InEnglish("y")), InEnglish)
    assert isinstance(joined_by("; ", [InEnglish("x"), InEnglish("y")]), InEnglish)
    assert isinstance(joined_by("; ", [InEnglish("x"), "ie"]), InPartEnglish)
    assert type(joined_by("; ", ["a", "b"])) is str
    assert joined_by("; ", ["a", "b"]) == "a; b"
    assert isinstance(like(InEnglish("x"), "y"), InEnglish)
    assert isinstance(InEnglish("Abc").upper(), InEnglish)
    assert whole_words("well-known fact") == '<span class="whole">well-known</span> fact'


def test_a_page_without_marks_comes_back_as_it_is() -> None:
    text = "<p>a < b</p><img alt='>'><"
    assert tagged(text) is text


PIECES = st.sampled_from(
    [
        BEGIN,
        END,
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br>",
        "<svg>",
        "</svg>",
        '<i title="',
        '">',
        "</i>",
        "word",
        " ",
        "<",
        "&amp;",
    ]
)


@given(st.lists(PIECES, max_size=14))
def test_no_mark_is_left_and_no_word_is_lost(pieces: list[str]) -> None:
    shown = tagged("".join(pieces))
    assert BEGIN not in shown
    assert END not in shown
    assert shown.count("word") == pieces.count("word")
    assert shown.count("<span") == shown.count("</span>")


@given(st.lists(st.sampled_from([BEGIN + "in" + END, "ni", "<b>x</b>"]), max_size=6))
def test_all_of_what_is_english_is_tagged_and_nothing_else(pieces: list[str]) -> None:
    body = html.fromstring(tagged(f"<div><p>{''.join(pieces)}.</p></div>"))
    spoken = "".join(element.text_content() for element in body.iter("span"))
    assert spoken == "in" * sum(BEGIN in piece for piece in pieces)
