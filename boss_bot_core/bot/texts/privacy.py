"""The texts about privacy, and the first steps in a server: what is kept, for how long, and its deletion."""

from datetime import datetime, timedelta

from boss_bot_core.bot.language import LazyText, ngettext
from boss_bot_core.bot.texts.escape import escape_title
from boss_bot_core.bot.texts.help import CommandHelp
from boss_bot_core.bot.texts.units import format_bytes, relative_timestamp
from boss_bot_core.domain.privacy import DeletionReport, KeptData, KeptPeriods

DELETE = "delete"
"""The word that stands for the deletion of everything."""

PRIVACY = CommandHelp(
    summary=LazyText("Show or delete what I keep of you"),
    usage=LazyText("[delete]"),
    examples=("", DELETE),
    notes=(LazyText("delete asks first; then everything goes at once, and what waits or runs is cancelled"),),
    slash_summary=LazyText("Show what I keep of you and for how long, or delete it."),
    options={"action": LazyText("delete removes all of it; nothing shows it")},
)

CONFIRM = LazyText("Delete everything")
DECLINE = LazyText("Keep it")
DECLINED = LazyText("Nothing was deleted.")
DELETING = LazyText("Deleting… I stop what runs first.")

_KEPT = LazyText("""**What I keep of you**
- Requests: **{downloads}**, unfinished: {unfinished}. The link, the place, your options, what became of it, and the \
ids of my messages. Until {records} after their end.
- Files: **{files}**. Until {files_kept} after they arrived ({premium_files} in premium servers); what a failed \
download left, {failed_files}.
- Your settings, limits and the count of your downloads: **{settings}**. Until you delete them; the count until \
{records} after the last download.
- A technical log, with the numbers of requests. The oldest lines go when it has {log_size}.
I store no text of messages, no names and no pictures of people.

`{prefix}privacy delete` or `/privacy` with the action delete removes all of it now. What I posted stays in Discord: \
delete it there, or before with the buttons of its card.""")

_QUESTION = LazyText("""Delete everything that I keep of you: requests: {downloads}, files: {files}, settings and \
limits: {settings}? Unfinished downloads, {unfinished} now, are cancelled. This cannot be undone. The question ends \
{ends_at}.""")

_DELETED = LazyText("""- Requests: {downloads}, cancelled first: {cancelled}
- Files: {files}, {freed}
- Records of messages: {messages}
- Settings, limits and counts: {settings}
- Lines of the log: {log_lines}""")
_COMPLETE = LazyText("""🗑️ **Deleted. Nothing of it is left.**
{numbers}""")
_INCOMPLETE = LazyText("""⚠️ **Not everything could be deleted.** Downloads that have not stopped yet: \
{remaining}. Problems on my machine: {problems}. Give the command again in a moment; if that does not help, \
ask my operator.
{numbers}""")

_FIRST_STEPS = LazyText("""👋 Thank you for adding me to **{server}**. Three things to do first:
1. Post a link there with `/dl`, or type `{prefix}dl` and the link: I bring the media behind it into the channel.
2. Decide who may use me, and where: `{prefix}dls server` shows the settings of the server, `{prefix}dls help` \
explains them. They need the permission Manage Server.
3. Where I shall post, let me view the channel, send messages, attach files, embed links and read the message history. \
If something is missing, I say what.
`{prefix}dlh` explains every command, `{prefix}privacy` says what I keep of people.""")


def kept_text(kept: KeptData, periods: KeptPeriods, prefix: str) -> str:
    """Return what is kept of a user, how long this installation keeps it, and how to delete it.

    Args:
        kept: The numbers of what is kept.
        periods: How long the installation keeps it.
        prefix: The prefix of typed commands.
    """
    return _KEPT.format(
        downloads=kept.downloads,
        unfinished=kept.unfinished,
        files=kept.files,
        settings=kept.settings,
        records=format_period(periods.records),
        files_kept=format_period(periods.files),
        premium_files=format_period(periods.premium_files),
        failed_files=format_period(periods.failed_files),
        log_size=format_bytes(periods.log_bytes),
        prefix=prefix,
    )


def deletion_question(kept: KeptData, ends_at: datetime) -> str:
    """Return the question before everything of a user is deleted; `ends_at` is when its buttons stop working, UTC."""
    numbers = {"downloads": kept.downloads, "files": kept.files, "settings": kept.settings}
    return _QUESTION.format(unfinished=kept.unfinished, ends_at=relative_timestamp(ends_at), **numbers)


def deletion_text(report: DeletionReport) -> str:
    """Return what a deletion has removed, in numbers, and whether something is left."""
    numbers = _DELETED.format(
        downloads=report.downloads,
        cancelled=report.cancelled,
        files=report.files,
        freed=format_bytes(report.freed_bytes),
        messages=report.messages,
        settings=report.settings,
        log_lines=report.log_lines,
    )
    if report.is_complete:
        return _COMPLETE.format(numbers=numbers)
    return _INCOMPLETE.format(remaining=report.remaining, problems=len(report.failed), numbers=numbers)


def first_steps_text(server: str, prefix: str) -> str:
    """Return the message to the user who added the bot to a server."""
    return _FIRST_STEPS.format(server=escape_title(server), prefix=prefix)


def format_period(period: timedelta) -> str:
    """Return a period as `24 hours`, or as `3 days` from two days on."""
    hours = round(period.total_seconds() / 3600)
    if hours >= 48 and hours % 24 == 0:
        return ngettext("{count} day", "{count} days", hours // 24).format(count=hours // 24)
    return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
