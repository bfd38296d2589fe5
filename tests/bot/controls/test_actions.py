"""The permissions of control actions."""

import pytest

from boss_bot_core.bot.context.invoker import Invoker
from boss_bot_core.bot.controls.actions import ControlAction, can_act
from boss_bot_core.domain.items import LOCAL_ID
from tests.bot.cards.factories import ADA, GUILD, build_item

CHANGING = [action for action in ControlAction if action is not ControlAction.DETAILS]


@pytest.mark.parametrize("action", ControlAction)
def test_the_requester_and_the_owner_may_do_everything_everywhere(action: ControlAction) -> None:
    assert can_act(action, build_item(), Invoker(user_id=ADA, guild_id=0), is_owner=False)
    assert can_act(action, build_item(), Invoker(user_id=1, guild_id=0), is_owner=True)


@pytest.mark.parametrize("action", CHANGING)
def test_a_moderator_may_act_in_the_own_server_only(action: ControlAction) -> None:
    here = Invoker(user_id=1, guild_id=GUILD, can_manage_messages=True)
    elsewhere = Invoker(user_id=1, guild_id=GUILD + 1, can_manage_messages=True)
    assert can_act(action, build_item(), here, is_owner=False)
    assert not can_act(action, build_item(), elsewhere, is_owner=False)


@pytest.mark.parametrize("action", CHANGING)
def test_other_users_may_only_see_details_in_the_same_server(action: ControlAction) -> None:
    here, elsewhere = Invoker(user_id=1, guild_id=GUILD), Invoker(user_id=1, guild_id=GUILD + 1)
    assert not can_act(action, build_item(), here, is_owner=False)
    assert can_act(ControlAction.DETAILS, build_item(), here, is_owner=False)
    assert not can_act(ControlAction.DETAILS, build_item(), elsewhere, is_owner=False)


@pytest.mark.parametrize("action", ControlAction)
def test_only_the_requester_may_act_in_direct_messages(action: ControlAction) -> None:
    item = build_item(guild_id=LOCAL_ID)
    assert not can_act(action, item, Invoker(user_id=1, guild_id=LOCAL_ID, can_manage_messages=True), is_owner=False)
    assert can_act(action, item, Invoker(user_id=ADA, guild_id=LOCAL_ID), is_owner=False)
