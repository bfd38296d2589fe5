"""What the pacer promises, for every order of events and every duration of edits."""

from collections import defaultdict
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from boss_bot_core.bot.cards.edit_queue import EditQueue
from boss_bot_core.bot.cards.edit_timing import EditLimits, Urgency

PACE = EditLimits()
CARDS = [UUID(int=number) for number in range(1, 7)]
CHANNELS = {card: number % 2 for number, card in enumerate(CARDS)}

WANTS = st.lists(
    st.tuples(st.floats(0, 4), st.sampled_from(CARDS), st.sampled_from(Urgency), st.floats(0, 3), st.booleans()),
    max_size=60,
)


class Run:
    """Plays wants against a pacer, editing whenever it says so, each edit taking its time."""

    def __init__(self) -> None:
        self.pacer = EditQueue(PACE)
        self.now = 0.0
        self.edits: list[tuple[float, float, UUID]] = []
        self.busy: dict[int, tuple[float, UUID]] = {}
        for card in CARDS:
            self.pacer.add(card, CHANNELS[card], 0.0)

    def go_on(self, until: float, edit_s: float) -> None:
        while True:
            while (card := self.pacer.pop_due(self.now)) is not None:
                assert CHANNELS[card] not in self.busy, "two edits of one channel at once"
                self.busy[CHANNELS[card]] = (self.now + edit_s, card)
                self.edits.append((self.now, self.now + edit_s, card))
            next_at = self.pacer.next_due_at()
            ends = [end for end, _ in self.busy.values()]
            self.now = max(self.now, min([*ends, *([] if next_at is None else [next_at]), until]))
            for channel, (end, card) in list(self.busy.items()):
                if end <= self.now:
                    del self.busy[channel]
                    self.pacer.finish(card, channel, self.now, sent=True)
            if self.now >= until:
                return


@given(WANTS)
@settings(deadline=None)
def test_cards_and_channels_keep_their_distance_and_nothing_is_forgotten(
    wants: list[tuple[float, UUID, Urgency, float, bool]],
) -> None:
    run = Run()
    last_want: dict[UUID, float] = {}
    for after_s, card, urgency, edit_s, leaves in wants:
        run.go_on(run.now + after_s, edit_s)
        if leaves:
            # A retry of what has just ended: followed anew, perhaps only after the edit, but the message is the same.
            run.pacer.remove(card)
            run.go_on(run.now + after_s, edit_s)
            run.pacer.add(card, CHANNELS[card], run.now)
        run.pacer.request(card, urgency, run.now)
        last_want[card] = run.now
    run.go_on(run.now + PACE.refresh_interval_s + 120, 0.1)
    of_card, of_channel = defaultdict(list), defaultdict(list)
    for begin, end, card in run.edits:
        of_card[card].append((begin, end))
        of_channel[CHANNELS[card]].append((begin, end))
    for edits, distance_s in [*((e, 5.0) for e in of_card.values()), *((e, 1.5) for e in of_channel.values())]:
        for (_, end), (begin, _) in pairwise(edits):
            assert begin - end >= distance_s - 1e-9
    for card, wanted_at in last_want.items():
        assert of_card[card], "starved"
        assert of_card[card][-1][0] >= wanted_at


def test_a_state_change_goes_before_progress() -> None:
    edit_queue = EditQueue(PACE)
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
        now += PACE.channel_interval_s
    assert order == [three, two, one]


def test_progress_that_has_waited_long_goes_before_a_new_state_change() -> None:
    edit_queue = EditQueue(PACE)
    old, new = CARDS[:2]
    edit_queue.add(old, 1, 0.0)
    edit_queue.add(new, 1, 0.0)
    edit_queue.request(old, Urgency.PROGRESS, 0.0)
    edit_queue.request(new, Urgency.STATE, PACE.head_start_s + 1)
    assert edit_queue.pop_due(PACE.head_start_s + 1) == old


def test_progress_of_an_old_card_slows_down_and_its_state_changes_do_not() -> None:
    edit_queue = EditQueue(PACE)
    card = CARDS[0]
    edit_queue.add(card, 1, -PACE.old_after_s)
    edit_queue.request(card, Urgency.PROGRESS, 0.0)
    assert edit_queue.pop_due(0.0) == card
    edit_queue.finish(card, 1, 0.0, sent=True)
    edit_queue.request(card, Urgency.PROGRESS, 1.0)
    assert edit_queue.next_due_at() == PACE.old_card_interval_s
    edit_queue.request(card, Urgency.STATE, 2.0)
    assert edit_queue.next_due_at() == PACE.card_interval_s


def test_a_failed_edit_waits_for_its_time_and_other_channels_do_not() -> None:
    edit_queue = EditQueue(PACE)
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


def test_an_edit_that_was_not_sent_holds_up_no_state_change() -> None:
    edit_queue = EditQueue(PACE)
    card = CARDS[0]
    edit_queue.add(card, 1, 0.0)
    edit_queue.request(card, Urgency.PROGRESS, 0.0)
    edit_queue.pop_due(0.0)
    edit_queue.finish(card, 1, 0.0, sent=False)
    edit_queue.request(card, Urgency.PROGRESS, 0.1)
    assert edit_queue.next_due_at() == PACE.card_interval_s
    edit_queue.request(card, Urgency.STATE, 0.2)
    assert edit_queue.pop_due(0.2) == card


def test_a_card_that_is_left_is_never_taken() -> None:
    edit_queue = EditQueue(PACE)
    edit_queue.add(CARDS[0], 1, 0.0)
    edit_queue.request(CARDS[0], Urgency.STATE, 0.0)
    edit_queue.remove(CARDS[0])
    edit_queue.request(CARDS[0], Urgency.STATE, 0.0)
    assert (edit_queue.pop_due(9.0), edit_queue.next_due_at()) == (None, None)
