"""Messages between the bot, the zygote and the workers, and the codec that encodes them as lines of JSON."""

from boss_bot_core.worker.messages.codec import LINE_LIMIT_BYTES, decode, encode
from boss_bot_core.worker.messages.control import (
    CONTROL_PACKET_LIMIT_BYTES,
    Exited,
    Fork,
    Forked,
    ForkFailed,
    FromZygote,
    LoadPlugins,
    MatchedLink,
    Ready,
    SendSignal,
    ToZygote,
    WarmUp,
)
from boss_bot_core.worker.messages.events import (
    DownloadFinished,
    Event,
    HookFailed,
    InspectFinished,
    LogLine,
    Matched,
    MatchFinished,
    PostProcessFinished,
)
from boss_bot_core.worker.messages.jobs import (
    DownloadJob,
    InspectJob,
    Inspector,
    MatchJob,
    StartJob,
    WorkerJob,
)
from boss_bot_core.worker.messages.post_process_job import PostProcessJob

__all__ = [
    "CONTROL_PACKET_LIMIT_BYTES",
    "LINE_LIMIT_BYTES",
    "DownloadFinished",
    "DownloadJob",
    "Event",
    "Exited",
    "Fork",
    "ForkFailed",
    "Forked",
    "FromZygote",
    "HookFailed",
    "InspectFinished",
    "InspectJob",
    "Inspector",
    "LoadPlugins",
    "LogLine",
    "MatchFinished",
    "MatchJob",
    "Matched",
    "MatchedLink",
    "PostProcessFinished",
    "PostProcessJob",
    "Ready",
    "SendSignal",
    "StartJob",
    "ToZygote",
    "WarmUp",
    "WorkerJob",
    "decode",
    "encode",
]
