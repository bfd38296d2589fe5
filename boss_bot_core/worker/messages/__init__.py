"""What the bot, the zygote and the workers say to each other: values, and one codec that turns them into lines."""

from boss_bot_core.worker.messages.codec import LINE_LIMIT_BYTES, decode, encode
from boss_bot_core.worker.messages.control import (
    Exited,
    Fork,
    Forked,
    FromZygote,
    NotForked,
    Prepare,
    Ready,
    Send,
    ToZygote,
)
from boss_bot_core.worker.messages.events import (
    DownloadFinished,
    Event,
    InspectFinished,
    JobBroke,
    LogLine,
    Matched,
    MatchFinished,
    PostProcessFinished,
)
from boss_bot_core.worker.messages.jobs import Assignment, DownloadJob, InspectJob, Job, MatchJob, PostProcessJob

__all__ = [
    "LINE_LIMIT_BYTES",
    "Assignment",
    "DownloadFinished",
    "DownloadJob",
    "Event",
    "Exited",
    "Fork",
    "Forked",
    "FromZygote",
    "InspectFinished",
    "InspectJob",
    "Job",
    "JobBroke",
    "LogLine",
    "MatchFinished",
    "MatchJob",
    "Matched",
    "NotForked",
    "PostProcessFinished",
    "PostProcessJob",
    "Prepare",
    "Ready",
    "Send",
    "ToZygote",
    "decode",
    "encode",
]
