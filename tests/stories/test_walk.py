"""The first walk, one story per sentence, first message to reminder; each with somebody uninvited."""

from datetime import timedelta

import pytest

from storage.models import CodeKind
from tests.stories.story import PIN, Story
from tests.world import NOON

# The administrator's code makes the first coordinator, `poruch code coordinator` a second.


async def test_the_administrators_code_makes_the_first_coordinator(story: Story):
    await story.becomes_coordinator(story.bob, CodeKind.ADMINISTRATOR)

    await story.bob.opens_desk()

    assert "Inbox" in story.bob.labels


async def test_a_second_code_makes_a_second_coordinator(story: Story):
    await story.becomes_coordinator(story.bob, CodeKind.ADMINISTRATOR)
    await story.becomes_coordinator(story.carol)

    await story.carol.opens_desk()

    assert "Inbox" in story.carol.labels


async def test_a_code_works_once(story: Story):
    code = await story.staff_code(CodeKind.COORDINATOR)
    await story.bob.agrees()
    await story.bob.says(code)
    await story.mallory.agrees()

    await story.mallory.says(code)

    assert "Desk" not in story.mallory.labels


async def test_a_code_has_expired_after_two_days(story: Story):
    code = await story.staff_code(CodeKind.COORDINATOR)
    await story.pass_time(hours=48)
    await story.mallory.agrees()

    await story.mallory.says(code)

    assert "Desk" not in story.mallory.labels


async def test_a_code_comes_along_from_the_first_message_to_i_agree(story: Story):
    await story.bob.says(f"/start {await story.staff_code(CodeKind.ADMINISTRATOR)}")
    await story.bob.taps("English", "No", "I agree")

    assert "Desk" in story.bob.labels


async def test_the_uninvited_find_no_desk(story: Story):
    await story.mallory.agrees()

    await story.mallory.says("/desk")

    assert "OK" not in story.mallory.labels
    assert "Inbox" not in story.mallory.labels


async def test_a_wrong_pin_opens_nothing(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.bob.opens_desk()
    await story.bob.taps("Lock")
    await story.bob.says("/desk")

    await story.bob.taps(*"000000", "OK")

    assert "Inbox" not in story.bob.labels


async def test_the_right_pin_opens_the_desk_again(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.bob.opens_desk()
    await story.bob.taps("Lock")
    await story.bob.says("/desk")

    await story.bob.taps(*PIN, "OK")

    assert "Inbox" in story.bob.labels


async def test_the_desk_closes_five_minutes_after_the_last_tap(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.bob.opens_desk()
    await story.pass_time(minutes=5)

    await story.bob.taps("Open")

    assert "OK" in story.bob.labels
    assert "Inbox" not in story.bob.labels


async def test_what_stands_on_a_desk_is_covered_when_it_closes(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.bob.opens_desk()

    await story.pass_time(minutes=5)

    assert "Inbox" not in story.bob.labels


# A supporter agrees, adopts whom fewest write to, and leaves contact details.


async def test_nothing_is_kept_before_i_agree(story: Story):
    await story.mallory.says("/start")
    await story.mallory.taps("English", "Yes", "Just look")

    assert await story.count("person", "seen_update", "posted") == 0


async def test_who_agreed_has_a_menu(story: Story):
    await story.alice.agrees()

    assert {"Become a Guardian", "My guardianships", "Court dates", "Settings"} <= set(story.alice.labels)


async def test_the_least_covered_is_suggested_first(story: Story):
    _, written_to = await story.prisoners("Forgotten Example", "Remembered Sample")
    await story.guards(story.carol, written_to)
    await story.alice.agrees()

    await story.alice.chooses(weeks=4)

    assert "Forgotten Example" in story.alice.texts
    assert "nobody writes" in story.alice.texts.lower()


async def test_an_application_waits_for_a_coordinator(story: Story):
    await story.prisoners("Forgotten Example")
    await story.alice.agrees()
    await story.alice.chooses(weeks=2)

    await story.alice.taps("I'll write", "Send")
    await story.alice.says("/menu")

    assert "My application: waiting, usually 3 days" in story.alice.labels


async def test_an_application_can_be_withdrawn(story: Story):
    await story.prisoners("Forgotten Example")
    await story.alice.agrees()
    await story.alice.applies(weeks=2)
    await story.alice.says("/menu")

    await story.alice.taps("My application: waiting, usually 3 days", "Withdraw", "Withdraw")
    await story.alice.says("/menu")

    assert "My application: waiting, usually 3 days" not in story.alice.labels


async def test_coordinators_are_reminded_of_a_waiting_application_after_three_days(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.prisoners("Forgotten Example")
    await story.alice.agrees()
    await story.alice.applies(weeks=2)

    await story.pass_time(days=3)

    assert story.bob.pushes == 1


async def test_a_supporter_leaves_contact_details(story: Story):
    await story.alice.agrees()
    await story.alice.taps("Settings", "Contact details", "Phone")
    await story.alice.says("+375 29 111 22 33")

    assert "+375 29 111 22 33" in story.alice.texts


async def test_what_somebody_typed_does_not_stay_in_the_chat(story: Story):
    await story.alice.agrees()
    await story.alice.taps("Settings", "Contact details", "Phone")
    await story.alice.says("+375 29 111 22 33")

    assert [m for m in story.alice.person.visible if not m.is_from_bot] == []


async def test_nobody_else_sees_an_application(story: Story):
    await story.prisoners("Forgotten Example")
    await story.alice.agrees()
    await story.alice.applies(weeks=2)
    await story.mallory.agrees()

    for command in ("/desk", "/mine", "/family", "/court"):
        await story.mallory.says(command)

    assert "Accept" not in story.mallory.labels
    assert "Forgotten Example" not in story.mallory.texts


# The coordinator accepts; a letter reminder comes in the chosen rhythm; *I wrote* starts the rhythm again.


async def test_the_accepted_are_told(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.prisoners("Forgotten Example")
    await story.alice.agrees()
    await story.alice.applies(weeks=2)

    await story.bob.decides("Forgotten Example")

    assert "Forgotten Example" in await story.alice.opens()


async def test_the_declined_are_told_and_reminded_of_nothing(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.prisoners("Forgotten Example")
    await story.alice.agrees()
    await story.alice.applies(weeks=2)
    await story.bob.decides("Forgotten Example", "Decline")
    await story.alice.opens()

    await story.pass_time(weeks=9)

    assert story.alice.pushes == 0


@pytest.mark.parametrize("weeks", [2, 4, 8])
async def test_a_letter_reminder_comes_in_the_chosen_rhythm_and_not_before(story: Story, weeks: int):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=weeks)

    await story.pass_until(story.at_ten(weeks * 7) - timedelta(minutes=1))
    before = story.alice.pushes
    await story.pass_time(minutes=1)

    assert (before, story.alice.pushes) == (0, 1)


async def test_a_push_says_nothing_until_it_is_opened(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=2)
    await story.pass_until(story.at_ten(14))

    push = story.alice.person.last

    assert "Example" not in push.text
    assert "letter" not in push.text.lower()
    assert push.protect_content
    assert push.labels == ["Open"]


async def test_i_wrote_starts_the_rhythm_again(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=2)
    await story.pass_until(story.at_ten(15))
    await story.alice.opens()
    await story.alice.taps("I wrote")

    await story.pass_until(story.at_ten(15 + 14) - timedelta(minutes=1))
    before = story.alice.pushes
    await story.pass_time(minutes=1)

    assert (before, story.alice.pushes) == (0, 1)


async def test_in_three_days_comes_in_three_days(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=4)
    await story.pass_until(story.at_ten(28))
    await story.alice.opens()

    await story.alice.taps("In 3 days")
    await story.pass_until(story.at_ten(31))

    assert story.alice.pushes == 1


async def test_who_steps_down_is_reminded_no_more(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=2)
    await story.alice.says("/mine")
    await story.alice.taps("Forgotten Example", "Step down", "Step down")

    await story.pass_time(weeks=10)

    assert story.alice.pushes == 0


async def test_a_reminder_that_fell_into_downtime_comes_late_and_says_so(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=2)
    await story.poruch.stop()
    story.telegram.clock.set(story.at_ten(15))
    await story.restart()

    assert "late" in (await story.alice.opens()).lower()


async def test_nobody_else_can_report_a_letter(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=2)
    await story.pass_until(story.at_ten(14))
    await story.alice.opens()
    stolen = story.alice.person.last.data_of("I wrote")
    await story.mallory.agrees()

    await story.mallory.forges(stolen)

    assert await story.count("letter") == 0


# A coordinator gives a relative a code.


async def test_a_relative_joins_by_five_words(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.prisoners("Forgotten Example")
    words = await story.bob.invites("Forgotten Example")

    await story.vera.joins_by(words)
    await story.becomes_coordinator(story.carol)
    await story.carol.opens_desk()
    await story.carol.taps("Inbox", "Requests of colleagues")
    await story.vera.says("/family")

    assert len(words.split()) == 5
    assert "Forgotten Example" not in story.vera.texts

    await story.carol.taps("…: a relative", "Approve")
    assert "confirmed you" in await story.vera.opens()
    await story.vera.says("/family")

    assert "Forgotten Example" in story.vera.texts


async def test_a_relatives_words_work_once_and_show_the_uninvited_nothing(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.prisoners("Forgotten Example")
    words = await story.bob.invites("Forgotten Example")
    await story.vera.joins_by(words)

    await story.mallory.joins_by(words)
    await story.mallory.says("/family")

    assert "Family" not in story.mallory.labels
    assert "Forgotten Example" not in story.mallory.texts


async def test_five_wrong_codes_are_enough_for_an_hour(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.prisoners("Forgotten Example")
    words = await story.bob.invites("Forgotten Example")
    await story.mallory.agrees()
    for _ in range(5):
        await story.mallory.says("abandon abandon abandon abandon abandon")

    await story.mallory.says(words)

    assert "Family" not in story.mallory.labels


async def test_family_and_guardian_never_learn_of_each_other(story: Story):
    await story.family_and_guardian()

    await story.vera.says("/family")
    await story.alice.says("/mine")

    assert "Alice" not in story.vera.texts
    assert "guardian" not in story.vera.texts.lower()
    assert "famil" not in story.alice.texts.lower()


# A hearing is added in the chat, announced, and reminded of 7 days, 1 day and 3 hours ahead.


async def test_a_hearing_added_in_the_chat_is_announced_to_guardian_and_family(story: Story):
    await story.family_and_guardian()

    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30", "Example district court")

    for player in (story.alice, story.vera):
        said = await player.opens()
        assert "Forgotten Example" in said
        assert "14:30" in said
        assert "Example district court" in said
        assert "not confirmed" in said.lower()


async def test_both_are_reminded_seven_days_one_day_and_three_hours_ahead(story: Story):
    await story.family_and_guardian(weeks=8)
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30", "Example district court")
    for player in (story.alice, story.vera):
        await player.opens()

    seen = []
    for day, hour, minute in [(3, 10, 0), (9, 10, 0), (10, 11, 30)]:
        instant = NOON.replace(month=12, day=day, hour=hour - 3, minute=minute)
        await story.pass_until(instant - timedelta(minutes=1))
        before = [story.alice.pushes, story.vera.pushes]
        await story.pass_time(minutes=1)
        seen.append((before, [story.alice.pushes, story.vera.pushes]))
        for player in (story.alice, story.vera):
            assert "14:30" in await player.opens()

    assert seen == [([0, 0], [1, 1])] * 3


async def test_a_morning_hearing_is_not_announced_at_night(story: Story):
    await story.family_and_guardian(weeks=8)
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 10:00", "Example district court")
    await story.vera.opens()
    await story.pass_until(NOON.replace(month=12, day=9, hour=7))
    await story.vera.opens()

    await story.pass_until(NOON.replace(month=12, day=10, hour=6, minute=59))

    assert story.vera.pushes == 0


async def test_a_hearing_reaches_nobody_it_does_not_concern(story: Story):
    await story.family_and_guardian()
    await story.mallory.agrees()

    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30", "Example district court")
    await story.pass_until(NOON.replace(month=12, day=10))
    await story.mallory.says("/court")

    assert story.mallory.pushes == 0
    assert "Example district court" not in story.mallory.texts


async def test_the_uninvited_cannot_add_a_hearing(story: Story):
    await story.family_and_guardian()
    await story.bob.says("/desk")
    stolen = story.bob.person.last.data_of("Hearings")
    await story.mallory.agrees()

    await story.mallory.forges(stolen)

    assert "Add a hearing" not in story.mallory.labels


# It is moved: the old reminders are gone, those already told are told. It is cancelled: nothing more comes.


async def test_a_moved_hearing_is_told_to_those_who_knew_the_old_date(story: Story):
    await story.family_and_guardian(weeks=8)
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30", "Example district court")
    for player in (story.alice, story.vera):
        await player.opens()

    await story.bob.moves_hearing("Forgotten Example", "17.12.2026 09:15")

    for player in (story.alice, story.vera):
        said = await player.opens()
        assert "09:15" in said
        assert "moved" in said.lower()


async def test_after_a_move_nobody_is_reminded_of_the_old_date(story: Story):
    await story.family_and_guardian(weeks=8)
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30", "Example district court")
    for player in (story.alice, story.vera):
        await player.opens()
    await story.bob.moves_hearing("Forgotten Example", "22.01.2027 14:30")
    for player in (story.alice, story.vera):
        await player.opens()

    await story.pass_until(NOON.replace(month=12, day=10, hour=12))

    assert [story.alice.pushes, story.vera.pushes] == [0, 0]


async def test_a_move_takes_the_first_notice_away_and_the_next_shows_the_new_date(story: Story):
    await story.family_and_guardian(weeks=8)
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30", "Example district court")
    first = story.alice.person.last
    assert first is not None

    await story.bob.moves_hearing("Forgotten Example", "17.12.2026 09:15")
    said = await story.alice.opens()

    assert "09:15" in said
    assert not first.is_visible


async def test_a_cancelled_hearing_is_told_once_and_nothing_more_comes(story: Story):
    await story.family_and_guardian(weeks=8)
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30", "Example district court")
    for player in (story.alice, story.vera):
        await player.opens()

    await story.bob.cancels_hearing("Forgotten Example")
    said = [(await player.opens()).lower() for player in (story.alice, story.vera)]
    await story.pass_until(NOON.replace(month=12, day=11))

    assert all("cancelled" in words for words in said)
    assert [story.alice.pushes, story.vera.pushes] == [0, 0]


async def test_the_uninvited_cannot_move_a_hearing(story: Story):
    await story.family_and_guardian(weeks=8)
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30", "Example district court")
    await story.bob.finds_hearing("Forgotten Example")
    stolen = story.bob.person.last.data_of("Move")

    await story.vera.forges(stolen)
    await story.vera.says("17.12.2026 09:15")

    assert await story.hearing_starts() == ["2026-12-10 14:30"]
