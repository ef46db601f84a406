"""A force or place that no document knows is no reason to answer about another."""

import pytest

from bot.answering.absent import named

KNOWN = ("Fernshire", "Sallowshire", "Oxmere", "Lantern", "Domestic", "Abuse", "Review", "Mercia")


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("What percentage of 999 calls did Kent Police answer?", "Kent"),
        ("How many digital devices were waiting in Westmoor?", "Westmoor"),
        ("How many orders did Westmoor Constabulary apply for?", "Westmoor"),
        ("What did Kent Police's inspectors say?", "Kent"),
        ("How does vetting compare in Fernshire and in Kent?", "Kent"),
        ("What did inspectors find in North Westmoor in 2016?", "North Westmoor"),
        ("How many orders did Fernshire Police apply for?", ""),
        ("What was found in Oxmere?", ""),
        ("What did West Mercia Police say?", ""),
        ("What happened in March?", ""),
        ("What is wrong in Operation Lantern?", ""),
        ("How many cases were in the backlog of the Domestic Abuse Review Team?", ""),
        ("What does the Police Act 1996 say?", ""),
        ("What did the chief constable say in England?", ""),
        ("what was found in kent?", ""),
        ("", ""),
    ],
)
def test_a_name_that_no_document_has_is_told(question: str, unknown: str) -> None:
    assert named(question, lambda word: word in KNOWN) == unknown
