"""What a changed catalogue means for people who asked to be told."""

from __future__ import annotations

from bot.news import news

A, B = "file before", "file after"


def test_a_better_or_lost_verdict_is_news_when_the_rule_was_changed() -> None:
    before = {"x": ["ineligible", "open", A], "y": ["eligible", "open", A]}
    assert news(before, {"x": ["eligible", "open", B], "y": ["ineligible", "open", B]}) == [
        "x",
        "y",
    ]


def test_time_alone_is_no_news() -> None:
    assert news({"x": ["eligible", "open", A]}, {"x": ["ineligible", "open", A]}) == []


def test_a_scheme_that_opens_is_news_unless_it_is_not_for_them() -> None:
    before = {"x": ["undetermined", "suspended", A], "y": ["ineligible", "closed", A]}
    now = {"x": ["undetermined", "open", B], "y": ["ineligible", "open", B]}
    assert news(before, now) == ["x"]


def test_a_new_scheme_is_news_where_it_suits() -> None:
    assert news({}, {"x": ["eligible", "open", B], "y": ["undetermined", "unknown", B]}) == ["x"]


def test_a_change_of_words_only_is_no_news() -> None:
    assert news({"x": ["eligible", "open", A]}, {"x": ["possible", "open", B]}) == []
