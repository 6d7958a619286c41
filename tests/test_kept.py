"""What people praised and must not lose: each promise with the tests that hold it. A promise without a test fails here."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
KEPT = {
    "the page of an answer shows the choice, who asks and a masked address, and needs no script": (
        "server/web/recipient/test_answer_page.py::test_the_choice_comes_first_then_the_other_answers_then_who_asks_and_what_is_kept",
        "server/web/recipient/test_ask.py::test_the_page_speaks_the_language_of_its_email_and_marks_the_choice",
        "server/web/recipient/test_ask.py::test_the_page_says_who_answers_without_showing_the_address",
        "server/web/recipient/test_ask.py::test_a_recipients_page_needs_no_script_and_is_small",
        "server/web/recipient/test_ask.py::test_an_english_email_leads_to_an_english_page",
        "server/web/test_brand.py::test_text_on_the_colour_and_in_it_can_be_read_in_light_and_dark",
    ),
    "who answered otherwise before is asked, with a button for each way": (
        "server/web/recipient/test_contradiction.py::test_another_link_of_the_mail_asks_and_only_a_button_changes_the_answer",
        "server/web/recipient/test_contradiction.py::test_who_says_no_keeps_the_answer",
    ),
    "after an answer the next question stands there, and questions have conditions": (
        "server/web/recipient/test_ask.py::test_after_an_answer_the_next_question_is_offered_until_all_are_answered",
        "server/web/recipient/test_answer_page.py::test_a_question_with_a_condition_is_asked_once_the_condition_holds",
        "builder/test_starters.py::test_a_follow_up_is_asked_of_those_it_is_for",
    ),
    "opening a link changes nothing, one button unsubscribes at once, and anybody can say that it was not they": (
        "server/web/recipient/test_ask.py::test_fetching_every_link_writes_hits_and_changes_nothing",
        "server/web/recipient/test_unsubscribe.py::test_opening_the_page_unsubscribes_nobody",
        "journeys/test_leaving.py::test_the_one_click_of_a_mail_client_is_enough",
        "server/capture/test_judging.py::test_not_me_is_recorded_once_and_changes_no_answer",
    ),
    "an appointment shows the old time struck out beside the new one, can be left as it is, and taken again after cancelling": (
        "server/booking/test_local_times.py::test_a_move_shows_the_old_time_struck_out_and_can_be_left",
        "server/booking/test_local_times.py::test_after_cancelling_another_time_can_be_taken",
        "journeys/test_appointment.py::test_from_an_answer_to_an_appointment_and_out_of_it_again",
    ),
    "people, machines and what waits are told apart in words, and can be overruled with a reason": (
        "server/capture/test_judging.py::test_reports_count_people_waiting_and_machines_apart",
        "server/capture/test_judging.py::test_somebody_of_the_team_overrules_with_a_reason_and_no_recomputation_undoes_it",
        "journeys/test_by_itself.py::test_a_scanner_that_fetches_every_link_answers_nothing_and_takes_nobody_off_the_list",
    ),
    "every point has a sentence, a changed table shows who would move, and a flow whom it would have reached": (
        "server/web/sales/test_leads.py::test_another_table_shows_who_would_move_before_it_holds",
        "server/qualify/test_scoring.py::test_every_point_has_its_sentence_in_both_languages",
        "server/web/marketing/test_flows.py::test_trying_a_flow_names_those_it_would_have_fired_for_and_keeps_nothing",
    ),
    "a comparison says what may be chance, reports count people, and each bar opens its people": (
        "server/reports/test_comparing.py::test_few_people_decide_nothing",
        "server/reports/test_campaign.py::test_people_are_counted_at_each_step_and_never_their_clicks",
        "server/web/marketing/test_reports.py::test_two_emails_are_compared_and_one_with_itself_differs_in_nothing",
        "server/reports/test_comparing.py::test_the_difference_of_two_has_newcombes_interval",
        "server/web/marketing/test_reports.py::test_behind_a_bar_stand_its_people_to_be_tagged_and_exported",
    ),
    "the preview has every format with whether it is sent and why, a phone and the dark": (
        "server/web/marketing/test_emails.py::test_every_format_is_a_view_that_says_whether_it_is_sent",
        "server/web/marketing/test_previews.py::test_dark_and_light_are_what_was_asked_for_whatever_the_browser_prefers",
        "journeys/test_previews.py::test_on_a_phone_the_desktop_is_shown_small_and_whole",
    ),
    "lint names the place and the word that was meant": (
        "builder/lint/test_rules.py::test_a_fault_is_told_with_its_place",
        "builder/lint/test_rules.py::test_an_example_of_the_handbook_gives_the_line_it_prints",
    ),
    "the starters are whole, warn of nothing, and their text says what their html says": (
        "builder/test_starters.py::test_lint_finds_nothing_wrong_not_even_a_warning",
        "builder/test_starters.py::test_the_text_says_what_the_html_says",
    ),
    "a list is read with Spanish headings and semicolons": (
        "server/contacts/test_csv_import.py::test_the_same_list_reads_the_same_from_any_program",
        "server/web/marketing/test_contact_imports.py::test_a_list_is_shown_row_by_row_then_imported_and_then_undone",
    ),
    "the demo starts by one command, sends nothing outside and keeps its data": (
        "test_wheel.py::test_an_empty_folder_a_wheel_and_one_command_lead_to_the_first_lead",
        "server/cli/test_first_steps.py::test_the_demo_leaves_real_people_alone",
        "journeys/test_demo.py::test_a_second_demo_starts_from_what_is_there_sends_nothing_twice_and_loses_nothing",
        "server/cli/test_story.py::test_a_played_week_fills_every_room_with_what_it_is_for",
    ),
    "the outbox says why a message waits or failed, and whether it is tried again": (
        "server/web/admin/test_outbox.py::test_a_message_that_waits_says_why_and_when_it_is_tried_again",
        "server/web/admin/test_outbox.py::test_a_message_whose_tries_are_used_up_says_so_and_names_no_next_one",
        "server/web/sales/test_rooms.py::test_the_outbox_says_why_a_message_waits_or_failed",
    ),
    "everything is reached by keyboard, and no page scrolls sideways or writes an error to the console": (
        "journeys/test_keyboard.py::test_from_the_sign_in_to_a_lead_by_keyboard_alone",
        "journeys/test_sales.py::test_a_lead_is_found_taken_and_noted_by_keyboard_alone",
        "journeys/test_writing.py::test_no_page_scrolls_sideways_on_a_phone",
        "journeys/test_accessibility.py::test_no_page_shuts_anybody_out",
        "journeys/test_accessibility.py::test_what_shuts_somebody_out_is_found_on_each_screen",
    ),
    "a task says when the answer behind it has changed": (
        "server/web/sales/test_stale_tasks.py::test_a_task_whose_answer_has_changed_says_so_wherever_it_stands",
    ),
    "an invitation leads in, and menus show what one may do": (
        "journeys/test_team.py::test_lucia_is_invited_comes_in_on_her_phone_and_works_in_sales",
        "server/web/test_access.py::test_a_page_shows_only_rooms_that_open",
        "server/web/test_refusals.py::test_a_button_that_a_role_may_not_press_is_not_there",
    ),
    "every text is in both languages, and the Spanish says tú": (
        "server/web/test_language.py::test_the_spanish_calls_its_reader_tu",
        "server/web/test_language.py::test_every_text_has_a_spanish_one",
        "journeys/test_languages.py::test_a_spanish_contact_reads_spanish_from_the_mail_to_the_thanks_whatever_the_browser_speaks",
    ),
}


@pytest.mark.parametrize("promise", KEPT)
def test_each_promise_is_held_by_tests_that_exist(promise: str) -> None:
    for named in KEPT[promise]:
        path, _, test = named.partition("::")
        tests = _tests(ROOT / path)
        assert tests and (not test or test in tests), named


@cache
def _tests(path: Path) -> frozenset[str]:
    """The names of the tests of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )
