"""The guarantees of the edit queue, for every order of requests and every duration of edits."""

from collections import defaultdict
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from boss_bot_core.bot.cards.edit_queue import EditQueue
from boss_bot_core.bot.cards.edit_timing import EditLimits, Urgency

LIMITS = EditLimits()
CARDS = [UUID(int=number) for number in range(1, 7)]
CHANNELS = {card: number % 2 for number, card in enumerate(CARDS)}

REQUESTS = st.lists(
    st.tuples(st.floats(0, 4), st.sampled_from(CARDS), st.sampled_from(Urgency), st.floats(0, 3), st.booleans()),
    max_size=60,
)


class Simulation:
    """Runs every edit that the queue returns; each edit takes some time."""

    def __init__(self) -> None:
        self.edit_queue = EditQueue(LIMITS)
        self.now = 0.0
        self.edits: list[tuple[float, float, Urgency, UUID]] = []
        self.busy: dict[int, tuple[float, UUID]] = {}
        for card in CARDS:
            self.edit_queue.add(card, CHANNELS[card], 0.0)

    def advance(self, until: float, edit_s: float) -> None:
        while True:
            while (card := self.edit_queue.pop_due(self.now)) is not None:
                assert CHANNELS[card] not in self.busy, "two edits of one channel at once"
                self.busy[CHANNELS[card]] = (self.now + edit_s, card)
                urgency = self.edit_queue._cards[card].urgency
                self.edits.append((self.now, self.now + edit_s, urgency, card))
            next_at = self.edit_queue.next_due_at()
            ends = [end for end, _ in self.busy.values()]
            self.now = max(self.now, min([*ends, *([] if next_at is None else [next_at]), until]))
            for channel, (end, card) in list(self.busy.items()):
                if end <= self.now:
                    del self.busy[channel]
                    self.edit_queue.finish(card, channel, self.now, sent=True)
            if self.now >= until:
                return


@given(REQUESTS)
@settings(deadline=None)
def test_edits_keep_the_intervals_and_every_request_is_served(
    requests: list[tuple[float, UUID, Urgency, float, bool]],
) -> None:
    simulation = Simulation()
    last_request: dict[UUID, float] = {}
    for wait_s, card, urgency, edit_s, is_removed in requests:
        simulation.advance(simulation.now + wait_s, edit_s)
        if is_removed:
            # A retry of a download that has just ended: the same message is tracked again, possibly after the edit.
            simulation.edit_queue.remove(card)
            simulation.advance(simulation.now + wait_s, edit_s)
            simulation.edit_queue.add(card, CHANNELS[card], simulation.now)
        simulation.edit_queue.request(card, urgency, simulation.now)
        last_request[card] = simulation.now
    simulation.advance(simulation.now + LIMITS.refresh_interval_s + 120, 0.1)
    edits_by_card, edits_by_channel = defaultdict(list), defaultdict(list)
    for begin, end, urgency, card in simulation.edits:
        edits_by_card[card].append((begin, end, urgency))
        edits_by_channel[CHANNELS[card]].append((begin, end, urgency))
    for edits, progress_s in [
        *((e, 5.0) for e in edits_by_card.values()),
        *((e, 1.5) for e in edits_by_channel.values()),
    ]:
        for (_, end, _), (begin, _, urgency) in pairwise(edits):
            assert begin - end >= (0.25 if urgency is Urgency.STATE else progress_s) - 1e-9
    for card, requested_at in last_request.items():
        assert edits_by_card[card], "starved"
        assert edits_by_card[card][-1][0] >= requested_at


def test_a_state_change_precedes_progress() -> None:
    edit_queue = EditQueue(LIMITS)
    one, two, three = CARDS[:3]
    for card in (one, two, three):
        edit_queue.add(card, 1, 0.0)
    edit_queue.request(one, Urgency.PROGRESS, 0.0)
    edit_queue.request(two, Urgency.PROGRESS, 0.5)
    edit_queue.request(three, Urgency.STATE, 1.0)
    edit_queue.request(two, Urgency.STATE, 2.0)
    order = []
    now = 3.0
    while (taken := edit_queue.pop_due(now)) is not None:
        order.append(taken)
        edit_queue.finish(taken, 1, now, sent=True)
        now += LIMITS.channel_interval_s
    assert order == [three, two, one]


def test_progress_that_has_waited_long_precedes_a_new_state_change() -> None:
    edit_queue = EditQueue(LIMITS)
    old, new = CARDS[:2]
    edit_queue.add(old, 1, 0.0)
    edit_queue.add(new, 1, 0.0)
    edit_queue.request(old, Urgency.PROGRESS, 0.0)
    edit_queue.request(new, Urgency.STATE, LIMITS.head_start_s + 1)
    assert edit_queue.pop_due(LIMITS.head_start_s + 1) == old


def test_only_progress_edits_of_an_old_card_are_slowed_down() -> None:
    edit_queue = EditQueue(LIMITS)
    card = CARDS[0]
    edit_queue.add(card, 1, -LIMITS.old_after_s)
    edit_queue.request(card, Urgency.PROGRESS, 0.0)
    assert edit_queue.pop_due(0.0) == card
    edit_queue.finish(card, 1, 0.0, sent=True)
    edit_queue.request(card, Urgency.PROGRESS, 1.0)
    assert edit_queue.next_due_at() == LIMITS.old_card_interval_s
    edit_queue.request(card, Urgency.STATE, 2.0)
    assert edit_queue.pop_due(2.0) == card


def test_a_state_change_is_due_within_a_second_of_any_edit_in_the_channel() -> None:
    edit_queue = EditQueue(LIMITS)
    card, other = CARDS[:2]
    for each in (card, other):
        edit_queue.add(each, 1, 0.0)
        edit_queue.request(each, Urgency.PROGRESS, 0.0)
    for now in (0.0, 1.5):
        edited = edit_queue.pop_due(now)
        assert edited is not None
        edit_queue.finish(edited, 1, now, sent=True)
    edit_queue.request(card, Urgency.STATE, 1.5)
    assert edit_queue.next_due_at() == 1.75
    assert edit_queue.pop_due(1.75) == card


def test_a_new_state_is_shown_although_an_edit_has_failed() -> None:
    edit_queue = EditQueue(LIMITS)
    card = CARDS[0]
    edit_queue.add(card, 1, 0.0)
    edit_queue.request(card, Urgency.PROGRESS, 0.0)
    assert edit_queue.pop_due(0.0) == card
    edit_queue.back_off(card, 60.0, 0.0)
    edit_queue.finish(card, 1, 0.0, sent=True)
    edit_queue.request(card, Urgency.PROGRESS, 1.0)
    assert edit_queue.next_due_at() == 60.0
    edit_queue.request(card, Urgency.STATE, 2.0)
    assert edit_queue.pop_due(2.0) == card


def test_a_failed_edit_waits_while_other_channels_are_edited() -> None:
    edit_queue = EditQueue(LIMITS)
    failing, fine = CARDS[:2]
    edit_queue.add(failing, 1, 0.0)
    edit_queue.add(fine, 2, 0.0)
    edit_queue.request(failing, Urgency.STATE, 0.0)
    assert edit_queue.pop_due(0.0) == failing
    edit_queue.back_off(failing, 30.0, 0.0)
    edit_queue.finish(failing, 1, 0.0, sent=True)
    edit_queue.request(fine, Urgency.PROGRESS, 1.0)
    assert edit_queue.pop_due(1.0) == fine
    assert edit_queue.pop_due(29.0) is None
    assert edit_queue.next_due_at() == 30.0
    assert edit_queue.pop_due(30.0) == failing


def test_an_edit_that_was_not_sent_does_not_delay_a_state_change() -> None:
    edit_queue = EditQueue(LIMITS)
    card = CARDS[0]
    edit_queue.add(card, 1, 0.0)
    edit_queue.request(card, Urgency.PROGRESS, 0.0)
    edit_queue.pop_due(0.0)
    edit_queue.finish(card, 1, 0.0, sent=False)
    edit_queue.request(card, Urgency.PROGRESS, 0.1)
    assert edit_queue.next_due_at() == LIMITS.card_interval_s
    edit_queue.request(card, Urgency.STATE, 0.2)
    assert edit_queue.pop_due(0.2) == card


def test_a_removed_card_is_never_due() -> None:
    edit_queue = EditQueue(LIMITS)
    edit_queue.add(CARDS[0], 1, 0.0)
    edit_queue.request(CARDS[0], Urgency.STATE, 0.0)
    edit_queue.remove(CARDS[0])
    edit_queue.request(CARDS[0], Urgency.STATE, 0.0)
    assert (edit_queue.pop_due(9.0), edit_queue.next_due_at()) == (None, None)
