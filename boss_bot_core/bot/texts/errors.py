"""The sentences about errors of this program, in the answers to commands: the cause first, then the next step."""

from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts.escape import escape_sentence
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.chat_settings.setting import SettingRefusedError
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.sentence import Sentence
from boss_bot_core.errors import BossBotError, DownloadFailedError
from boss_bot_core.queue.errors import QueueError

_EMOJI = {
    ErrorType.NETWORK: "🔌",
    ErrorType.TIMEOUT: "🔌",
    ErrorType.RATE_LIMIT: "⏳",
    **dict.fromkeys((ErrorType.FILE_TOO_LARGE, ErrorType.QUOTA_EXCEEDED, ErrorType.CHOICE_NEEDED), "📦"),
    ErrorType.AUTH_REQUIRED: "🔒",
    ErrorType.PERMISSION_DENIED: "🔒",
    ErrorType.QUEUE_FULL: "🕒",
    ErrorType.DISK_FULL: "💾",
    ErrorType.BLOCKED: "🚫",
    ErrorType.REJECTED: "🚫",
    ErrorType.UNKNOWN: "💥",
}


def error_emoji(code: ErrorType) -> str:
    """Return the emoji in front of every sentence about such an error."""
    return _EMOJI.get(code, "❌")


def with_prefix(text: str, prefix: str) -> str:
    """Return a sentence of the core with the commands in it as they are typed here.

    Plugins and the core do not know the bot's prefix: their errors, also those stored with a download, write `$dls`.
    """
    return text if prefix == "$" else text.replace("`$", f"`{prefix}")


def own_error(error: BossBotError, prefix: str) -> str:
    """Return the answer to an error of this program that has no text of its own."""
    return with_prefix(_translate_error(error), prefix)


def _translate_error(error: BossBotError) -> str:
    # The text of an exception is no `Sentence` any more, but its argument is.
    sentence = error.args[0] if error.args and isinstance(error.args[0], Sentence) else str(error)
    return translate(sentence)


def download_failed(error: DownloadFailedError, prefix: str = "$") -> str:
    """Return the answer to a failed download: the cause, then the next step."""
    cause_and_advice = " ".join(filter(None, (translate(error.message), translate(error.advice))))
    return with_prefix(f"{error_emoji(error.code)} {cause_and_advice}", prefix)


def queue_refused(error: QueueError, prefix: str) -> str:
    """Return the answer to a refusal of the queue, which quotes what the user typed."""
    hint = _("{command} shows the ids.").format(command=f"`{prefix}dlq`")
    return f"❌ {escape_sentence(_translate_error(error))} {hint}"


def setting_refused(error: SettingRefusedError, prefix: str) -> str:
    """Return the answer to a value that a setting does not accept."""
    return with_prefix(f"❌ {_translate_error(error)}", prefix)


def internal_error(job: str | None) -> str:
    """Return the answer to a bug, with the short id of the download that it is about, if any."""
    rest = job_name(job) if job else _("Try again; if it stays, tell the operator.")
    return " ".join(["💥", _("Something broke on my side."), rest])


def job_name(short_id: str) -> str:
    """Return the sentence that names a download."""
    return _("Job {job}.").format(job=f"`{short_id}`")
