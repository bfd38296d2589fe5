"""The first steps, explained to the user who added the bot to a server."""

from boss_bot_core.bot.texts.escape import escape_title

_FIRST_STEPS = """👋 Thank you for adding me to **{server}**. Three things to do first:
1. Post a link there with `/dl`, or type `{prefix}dl` and the link: I bring the media behind it into the channel.
2. Decide who may use me, and where: `{prefix}dls server` shows the settings of the server, `{prefix}dls help` \
explains them. They need the permission Manage Server.
3. Where I shall post, let me view the channel, send messages, attach files, embed links and read the message history. \
If something is missing, I say what.
`{prefix}dlh` explains every command, `{prefix}privacy` says what I keep of people."""


def first_steps_text(server: str, prefix: str) -> str:
    """Return the message to the user who added the bot to a server."""
    return _FIRST_STEPS.format(server=escape_title(server), prefix=prefix)
