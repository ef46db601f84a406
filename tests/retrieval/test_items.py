"""What a report asks for, one test for each way in which reports are known to put it."""

import pytest

from retrieval.documents import Item, ItemKind
from retrieval.items import extract
from tests.fakes.readings import reading

CONCERN, RECOMMENDATION = ItemKind.CAUSE_OF_CONCERN, ItemKind.RECOMMENDATION
AFI, PRIORITY = ItemKind.AREA_FOR_IMPROVEMENT, ItemKind.PRIORITY_ACTION


def items(markup: str) -> tuple[Item, ...]:
    return extract(reading(markup)).items


def asked(markup: str) -> list[tuple[ItemKind, str]]:
    return [(item.kind, item.text) for item in items(markup)]


def limbs(item: Item) -> list[str]:
    return [limb.text for limb in item.limbs]


def test_a_cause_of_concern_carries_its_finding_to_its_recommendation() -> None:
    concern, recommendation = items(
        """
        # Cause of concern
        The response of the force to domestic abuse is a cause of concern.
        # Recommendation
        To address this cause of concern, HMIC recommends the force should immediately ensure that:
        - there is effective supervision of the first assessment
        """
    )
    assert concern.kind is CONCERN
    assert recommendation.kind is RECOMMENDATION
    assert recommendation.finding == concern.text
    assert recommendation.addressee == "force"
    assert recommendation.deadline == "immediately"
    assert limbs(recommendation) == ["there is effective supervision of the first assessment"]


def test_a_concern_and_its_recommendation_under_one_heading_are_two_items() -> None:
    found = items(
        """
        ## Cause of concern
        The force is failing victims of stalking.
        The force should, within three months:
        - train every investigator; and
        - assess the risk in every case.
        """
    )
    assert [item.kind for item in found] == [CONCERN, RECOMMENDATION]
    assert found[1].deadline == "within three months"
    assert limbs(found[1]) == ["train every investigator", "assess the risk in every case."]


def test_bullets_joined_by_semicolons_lose_only_the_joint() -> None:
    (found,) = items(
        """
        # Recommendation 2
        The force should review its approach to missing children and ensure that:
        - call takers use the category rightly;
        - staff know the risk factors; and
        - supervisors check.
        """
    )
    assert found.number == "2"
    assert limbs(found) == [
        "call takers use the category rightly",
        "staff know the risk factors",
        "supervisors check.",
    ]


def test_limbs_run_together_in_one_line_are_parted() -> None:
    (found,) = items(
        """
        # Recommendation
        By June 2025, the force should make sure that: calls are recorded; risk is assessed; and
        """.rstrip()
        + " victims are told."
    )
    assert found.text == "By June 2025, the force should make sure that:"
    assert limbs(found) == ["calls are recorded", "risk is assessed", "victims are told."]


@pytest.mark.parametrize(
    "statement",
    [
        "The force should improve how it records crime.",
        "The force needs to improve how it records crime",
        "The force doesn’t record crime well enough.",
        "The force must keep vetting up to date.",
    ],
)
def test_an_area_for_improvement_with_its_explanation_is_one_item(statement: str) -> None:
    (found,) = items(
        f"""
        ## Area for improvement
        {statement}
        In the year to June we found 40 offences that were not recorded.
        The force should make sure that supervisors look at each incident.
        """
    )
    assert (found.kind, found.text) == (AFI, statement)
    assert found.addressee == "force"
    assert "40 offences" in found.finding


def test_a_bold_line_that_asks_is_what_is_asked_and_no_section() -> None:
    found = items(
        """
        ## Areas for improvement
        ### The force needs to answer calls sooner
        Callers wait for nine minutes on average.
        ### The force should make better use of stop and search records
        Supervisors do not look at them.
        ## Main findings
        The force should be proud of its volunteers.
        """
    )
    assert [item.text for item in found] == [
        "The force needs to answer calls sooner",
        "The force should make better use of stop and search records",
    ]
    assert found[0].finding == "Callers wait for nine minutes on average."


def test_bullets_under_areas_for_improvement_are_items_of_their_own() -> None:
    found = asked(
        """
        # Areas for improvement
        - The force should work better with partners.
        - The force should evaluate what works.
        """
    )
    assert found == [
        (AFI, "The force should work better with partners."),
        (AFI, "The force should evaluate what works."),
    ]


def test_an_introduction_is_not_an_item() -> None:
    found = asked(
        """
        # Areas for improvement
        We identified the following areas for improvement:
        - The quality of referrals.
        - The timeliness of visits.
        """
    )
    assert [text for _, text in found] == ["The quality of referrals.", "The timeliness of visits."]


@pytest.mark.parametrize(
    ("text", "addressee", "deadline"),
    [
        ("By March 2023, forces should review vetting.", "forces", "By March 2023"),
        ("By 30 September, chief constables should act.", "chief constables", "By 30 September"),
        (
            "We recommend that Fenshire Police immediately reviews it.",
            "Fenshire Police",
            "immediately",
        ),
        (
            "We recommend that within three months Fenshire Police acts on this.",
            "Fenshire Police",
            "within three months",
        ),
        (
            "By December 2023, the NPCC and the College of Policing should agree terms.",
            "NPCC and the College of Policing",
            "By December 2023",
        ),
        ("The Home Office should publish figures.", "Home Office", ""),
        ("Police and crime commissioners should ask.", "Police and crime commissioners", ""),
        (
            "By Saturday 30 September 2023, the Home Office should act.",
            "Home Office",
            "By Saturday 30 September 2023",
        ),
        (
            "With immediate effect, chief constables should act.",
            "chief constables",
            "With immediate effect",
        ),
    ],
)
def test_addressee_and_deadline_are_as_printed(text: str, addressee: str, deadline: str) -> None:
    (found,) = items(f"# Recommendation 7\n{text}")
    assert (found.text, found.addressee, found.deadline) == (text, addressee, deadline)


def test_a_second_sentence_may_open_its_own_bullets() -> None:
    (found,) = items(
        """
        # Recommendation 3
        By March 2023, forces should review their files.
        They should pay particular attention to:
        - transfers; and
        - volunteers.
        """
    )
    assert found.text.endswith("They should pay particular attention to:")
    assert limbs(found) == ["transfers", "volunteers."]


def test_recommendations_printed_in_the_line_are_found_one_by_one() -> None:
    found = items(
        """
        # Recommendations
        We make two recommendations. One is to chief constables.
        Recommendation 1. By June 2024, the College of Policing should issue guidance.
        Recommendation 2: Chief constables should read it.
        """
    )
    assert [(item.number, item.section) for item in found] == [
        ("1", "Recommendations"),
        ("2", "Recommendations"),
    ]


def test_numbered_recommendations_in_a_list_keep_their_numbers() -> None:
    found = items(
        """
        # Recommendations
        1. | The force should act.
        2. | The force should report.
        """
    )
    assert [(item.number, item.text) for item in found] == [
        ("1", "The force should act."),
        ("2", "The force should report."),
    ]


def test_lettered_parts_are_limbs() -> None:
    (found,) = items(
        """
        # Recommendation 4
        Chief constables should improve how decisions are recorded, as follows:
        4a) | each decision should show:
        i) | what was known;
        4b) | a second person should read it.
        """
    )
    assert limbs(found) == [
        "each decision should show:",
        "what was known",
        "a second person should read it.",
    ]


def test_a_joint_letters_noun_phrases_are_items_and_dashes_their_limbs() -> None:
    found = items(
        """
        # Areas for priority action
        - Leaders of the partnership need to take urgent action. This includes:
        -- ensuring enough capacity
        -- ensuring information is shared
        # What needs to improve?
        - The timeliness of strategy meetings.
        # Strengths
        - The effectiveness of the hub.
        # Main findings
        - Partners meet each week.
        """
    )
    assert [(item.kind, len(item.limbs)) for item in found] == [(PRIORITY, 2), (AFI, 0)]
    assert found[0].addressee == "Leaders of the partnership"


def test_urgent_action_with_bullets_is_one_item() -> None:
    (found,) = items(
        """
        # Area for priority action
        Urgent action is required by the Fenshire Trust to assure itself of the following areas:
        - The failure of leaders to have oversight.
        - The variable quality of supervision.
        """
    )
    assert found.addressee == "Fenshire Trust"
    assert len(found.limbs) == 2


@pytest.mark.parametrize(
    "nothing",
    [
        "- There are no areas for priority action",
        "There are no causes of concern.",
        "None.",
        "We identified no areas for improvement.",
        "- No recommendations were made.",
    ],
)
def test_a_heading_with_nothing_under_it_gives_no_item(nothing: str) -> None:
    assert items(f"# Areas for priority action\n{nothing}\n# Next steps\nNothing.") == ()


def test_a_report_that_asks_nothing_gives_none() -> None:
    assert items("# Main findings\nThe force should be proud.\n- Officers are kind.") == ()


@pytest.mark.parametrize(
    "praise", ["Innovative practice", "Promising practice: the interview", "Key strengths"]
)
def test_praise_is_never_an_item(praise: str) -> None:
    assert items(f"# {praise}\nThe force should share this with others.\n- A good unit.") == ()


def test_an_item_goes_on_over_a_page_end() -> None:
    first, second = items(
        """
        # Areas for improvement
        - The force should make sure that every
        ^ 1 A note about the force.
        = 3
        ===
        = Report
        + - caller is heard.
        - The force should say so.
        """
    )
    assert first.text == "The force should make sure that every caller is heard."
    assert (first.page, second.page) == (1, 2)


def test_a_case_study_box_cuts_a_list_in_two_and_adds_nothing() -> None:
    found = asked(
        """
        # Areas for improvement
        - The first thing that is weak.
        - The second thing, which is
        > # Case study: area for improvement
        > The police should have gone sooner.
        > - They did not.
        + - also weak.
        - The third thing.
        """
    )
    assert [text for _, text in found] == [
        "The first thing that is weak.",
        "The second thing, which is also weak.",
        "The third thing.",
    ]


def test_a_case_study_inside_a_box_of_recommendations_does_not_end_the_list() -> None:
    (found,) = items(
        """
        > # Recommendation 3
        > The force should make sure that:
        > - interviews are offered; and
        > ## Case study: a good interview
        > An officer listened.
        > - meetings are held.
        """
    )
    assert limbs(found) == ["interviews are offered", "meetings are held."]


def test_a_case_study_whose_box_is_lost_does_not_end_a_list() -> None:
    found = asked(
        """
        # Areas for improvement
        - The first.
        # Case study: area for improvement
        The police should have gone sooner.
        - The second.
        """
    )
    assert [text for _, text in found] == ["The first.", "The second."]


def test_headings_inside_a_section_are_groups() -> None:
    found = items(
        """
        # Areas for improvement
        # The front door
        - Contacts wait too long.
        # Leadership
        - Data are not used.
        # Next steps
        - The council should write to us.
        """
    )
    assert [(item.group, item.text) for item in found] == [
        ("The front door", "Contacts wait too long."),
        ("Leadership", "Data are not used."),
    ]


def test_findings_in_paragraphs_are_items_where_nothing_is_asked_in_so_many_words() -> None:
    found = asked(
        """
        # Areas for improvement
        # The front door
        Decisions are not always informed by history.
        Police do not record what children say. They need to be prompted.
        """
    )
    assert len(found) == 2


def test_the_topic_above_a_section_is_its_group() -> None:
    (found,) = items(
        "# A report\n## Protecting people\n### Area for improvement\nThe force should do more."
    )
    assert found.group == "Protecting people"


def test_an_item_that_is_summed_up_first_is_given_once() -> None:
    found = items(
        """
        # Summary of recommendations
        - The force should act.
        # Main findings
        Some words.
        # Recommendation
        The force should act.
        """
    )
    assert len(found) == 1


def test_a_follow_up_gives_only_what_it_asks_anew() -> None:
    found = asked(
        """
        # Cause of concern 2: answering calls (closed)
        Recommendation 5: Within six months, the force should answer calls in ten seconds.
        Progress: The force does so now.
        # Cause of concern 1: assessing risk (remains open)
        Recommendation 1: By 31 March 2024, the force should assess risk.
        Progress: Not yet.
        Recommendation. By 31 July 2025, the force should hold a meeting for every child.
        """
    )
    assert found == [
        (RECOMMENDATION, "By 31 July 2025, the force should hold a meeting for every child.")
    ]


def test_a_closed_concern_is_no_item() -> None:
    text = "We are satisfied. This cause of concern has been closed."
    assert items(f"# Cause of concern\n{text}") == ()


def test_what_others_answered_is_no_item() -> None:
    found = items(
        """
        # Recommendation 1
        The force should act.
        # Force response
        The force should have a new system by May.
        """
    )
    assert len(found) == 1
    assert found[0].finding == ""


def test_a_number_above_a_plain_heading_is_the_recommendations() -> None:
    (found,) = items(
        """
        # Recommendation 2 (county report)
        The way children are looked for is a cause of concern.
        ## Recommendation
        The force should review it.
        """
    )
    assert (found.number, found.text) == ("2", "The force should review it.")
    assert found.finding == "The way children are looked for is a cause of concern."


def test_rows_of_a_table_with_numbers_are_items() -> None:
    found = items(
        """
        # Recommendations
        Number || Recommendation
        1 || The force should act.
        Recommendation 2 || The force should report.
        """
    )
    assert [(item.number, item.text) for item in found] == [
        ("1", "The force should act."),
        ("2", "The force should report."),
    ]


def test_a_recommendation_in_running_text_is_found() -> None:
    (found,) = items("# What we found\nWe recommend that Fenshire Police reviews its cells.")
    assert (found.kind, found.addressee) == (RECOMMENDATION, "Fenshire Police")


def test_a_line_of_a_contents_list_opens_nothing() -> None:
    assert items("# Contents\nRecommendations 12\nThe force should be on page 3.") == ()


def test_footnote_marks_are_no_part_of_an_item() -> None:
    (found,) = items("# Recommendation 1\nThe force should use Lantern⁵ in all cases.")
    assert found.text == "The force should use Lantern in all cases."
