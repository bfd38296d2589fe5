"""Whom the bot obeys as its owners: the person whose application it is, or those of the team who may change it.

Pure; apart from the client because a team also has people who may only look on, or have not accepted yet.
"""

import discord

_TRUSTED = (discord.TeamMemberRole.admin, discord.TeamMemberRole.developer)


def owners_of(application: discord.AppInfo) -> set[int]:
    """Return the ids of the application's owners."""
    team = application.team
    if team is None:
        return {application.owner.id}
    accepted = [member for member in team.members if member.membership_state is discord.TeamMembershipState.accepted]
    trusted = {member.id for member in accepted if member.role in _TRUSTED}
    return trusted if team.owner_id is None else trusted | {team.owner_id}
