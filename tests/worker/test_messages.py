"""Tests of the message codec: valid messages are decoded unchanged, and anything else raises one typed error."""

import json
import linecache
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin import (
    ConversionProgress,
    Described,
    DownloadRequest,
    DownloadResult,
    FetchedFile,
    FileFacts,
    FileToInspect,
    MediaInfo,
    PostProcessRequest,
    PostProcessResult,
    ProcessedFile,
    Progress,
    ServiceAddress,
    SkippedFile,
    Specificity,
    UrlMatch,
)
from boss_bot_core.plugin.declared_settings import PackedSettings
from boss_bot_core.plugin.loader import PluginFailure
from boss_bot_core.plugin.matching import MatchResult
from boss_bot_core.worker import Confinement, MessageError
from boss_bot_core.worker import messages as m
from boss_bot_core.worker.messages.codec import prepare_codec

MEDIA = MediaInfo(title="Ünïcode 🎉", text="a\nb", created_at=datetime(2026, 1, 2, tzinfo=UTC), duration_s=3)
DOWNLOAD = m.DownloadJob(
    plugin="trial",
    url="https://x.example/1",
    media_key="x:1",
    directory=Path("/jobs/1"),
    options=DownloadOptions(quality="720", spoiler=True),
    max_file_size_bytes=10,
    target_file_size_bytes=5,
    proxy_url="http://u:p@127.0.0.1:1",
    settings=PackedSettings(values='{"api_key": "s3cret"}', secrets=("s3cret",)),
    cookies=".x.com\tTRUE\t/\tTRUE\t\tname\tvalue\n",
)
MATCH = UrlMatch(media_key="x:1", url="https://x.example/1", specificity=Specificity.ENGINE, engine="e", reason="r")

EVENTS: list[m.Event] = [
    Progress(downloaded_bytes=2**40, total_bytes=None, filename="\udcff.mp4"),
    Described(media=MEDIA),
    ConversionProgress(filename="a", fraction=0.5, file_index=1, file_count=2),
    m.LogLine(level="WARNING", message="x"),
    m.DownloadFinished(
        result=DownloadResult(
            files=(FetchedFile(path=Path("/jobs/1/\udcff.mp4"), kind="video", alt_text="a cat"),),
            media=MEDIA,
            skipped=(SkippedFile(name="2", reason="gone"),),
        )
    ),
    m.InspectFinished(outcomes=(FileFacts(mime_type="a/b"), ErrorReport(kind="FileRejectedError", message="bad"))),
    m.PostProcessFinished(
        result=PostProcessResult(
            files=(ProcessedFile(path=Path("/o"), source=Path("/i"), thumbnail=Path("/t"), description="d"),),
            notes=("n",),
            skipped=(SkippedFile(name="b", reason="r"),),
        )
    ),
    m.MatchFinished(),
    m.Matched(results=(MatchResult(plugin="a", match=MATCH), MatchResult(plugin="b", match=None, error="broke"))),
    m.HookFailed(report=ErrorReport(kind="ChoiceNeededError", message="m", choices=("parts", "sound"))),
    m.HookFailed(report=ErrorReport(kind="NetworkError", message="m", retry_after_s=1.5, detail="d")),
]
JOBS: list[m.WorkerJob] = [
    DOWNLOAD,
    m.InspectJob(
        files=(FileToInspect(path=Path("/a"), kind="image", size_bytes=1),),
        inspectors=(m.Inspector(plugin="p", services=(ServiceAddress.parse("[::1]:1"), ServiceAddress.parse("/s"))),),
    ),
    m.PostProcessJob(
        files=(Path("/a"),), directory=Path("/o"), max_file_size_bytes=1, media=MEDIA, limits_by_kind={"image": 3}
    ),
    m.MatchJob(),
]
CONTROL: list[tuple[Any, Any]] = [
    (m.LoadPlugins(disabled=("a",)), m.ToZygote),
    (m.Fork(worker_id=1), m.ToZygote),
    (m.SendSignal(worker_id=1, signal="stop"), m.ToZygote),
    (m.Ready(loaded=("a",), failures=(PluginFailure(name="b", distribution="d", reason="r"),)), m.FromZygote),
    (m.Exited(worker_id=1, code=-9), m.FromZygote),
]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        *((event, m.Event) for event in EVENTS[1:]),
        *((m.StartJob(job=job, confinement=Confinement(writable=(Path("/s"),))), m.StartJob) for job in JOBS),
        *CONTROL,
    ],
)
def test_a_message_is_the_same_after_encoding_and_decoding(message: object, kind: type[object]) -> None:
    line = m.encode(message, kind)
    assert line.index(b"\n") == len(line) - 1
    assert m.decode(line, kind) == message


def test_a_text_with_a_lone_surrogate_is_replaced() -> None:
    event: m.Event = m.decode(m.encode(EVENTS[0], m.Event), m.Event)
    assert event == Progress(downloaded_bytes=2**40, total_bytes=None, filename="?.mp4")


def list_late_code() -> set[str]:
    """Return the names of the code that cattrs generates for workers' messages after they were prepared."""
    lines = [m.encode(m.StartJob(job=job, confinement=Confinement()), m.StartJob) for job in JOBS]
    prepare_codec()
    prepared = set(linecache.cache)
    for line in lines:
        m.decode(line, m.StartJob)
    for event in EVENTS[1:]:
        m.decode(m.encode(event, m.Event), m.Event)
    return set(linecache.cache) - prepared


def test_a_worker_generates_no_code_for_its_messages() -> None:
    program = f"from {__name__} import list_late_code; print(*list_late_code())"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


GARBAGE = [
    b"",
    b"\xff\xfe",
    b"null",
    b"[]",
    b"{}",
    b'{"_type":"Progress"}',
    b'{"_type":"Nonsense","downloaded_bytes":1}',
    b'{"_type":"DownloadJob"}',
    b'{"_type":"Progress","downloaded_bytes":"1"}',
    b'{"_type":"Progress","downloaded_bytes":1.5}',
    b'{"_type":"Progress","downloaded_bytes":true}',
    b'{"_type":"Progress","downloaded_bytes":1e999}',
    b'{"_type":"Progress","downloaded_bytes":9223372036854775808}',
    b'{"_type":"Progress","downloaded_bytes":' + b"9" * 5000 + b"}",
    b'{"_type":"Progress","downloaded_bytes":1,"more":2}',
    b'{"_type":["Progress"],"downloaded_bytes":1}',
    b'{"_type":"LogLine","level":"SHOUT","message":"x"}',
    b'{"_type":"LogLine","level":"INFO","message":7}',
    b'{"_type":"Described","media":{"duration_s":NaN}}',
    b'{"_type":"Described","media":{"duration_s":1e999}}',
    b'{"_type":"Described","media":{"created_at":"yesterday"}}',
    b'{"_type":"Described","media":{"adult":1}}',
    b'{"_type":"DownloadFinished","result":{"files":[{"path":7}]}}',
    b'{"_type":"DownloadFinished","result":{"files":[{"path":"a\\u0000b"}]}}',
    b'{"_type":"DownloadFinished","result":{"files":"abc"}}',
    b'{"_type":"DownloadFinished","result":{"files":{"a":1}}}',
    b"[" * 100_000,
    b'{"_type":"Described","media":' * 10_000,
]


@pytest.mark.parametrize("line", GARBAGE, ids=lambda line: line[:60].decode(errors="replace"))
def test_an_invalid_line_raises_a_message_error(line: bytes) -> None:
    with pytest.raises(MessageError):
        m.decode(line, m.Event)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5)


@given(st.sampled_from(EVENTS[1:]), st.text(), JSON)
def test_a_message_with_one_changed_value_is_decoded_or_raises_a_message_error(
    event: m.Event, name: str, value: object
) -> None:
    content = json.loads(m.encode(event, m.Event))
    name = name or next(iter(content))
    for key in (name, *content):
        line = json.dumps(content | {key: value}).encode()
        # Any other exception fails the test: it would reach the bot's event loop.
        with suppress(MessageError):
            assert isinstance(m.decode(line, m.Event), m.Event)


@pytest.mark.parametrize(
    ("job", "request_type", "own", "filled_in"),
    [
        (m.DownloadJob, DownloadRequest, {"plugin", "cookies", "settings"}, {"cookies_file", "settings", "report"}),
        (m.PostProcessJob, PostProcessRequest, {"plugin_settings"}, {"settings", "report"}),
    ],
)
def test_a_job_carries_every_field_of_its_request(
    job: type[attrs.AttrsInstance], request_type: type[attrs.AttrsInstance], own: set[str], filled_in: set[str]
) -> None:
    """A field that a job lacks would silently have its default in every worker."""
    carried, requested = ({field.name for field in attrs.fields(each)} for each in (job, request_type))
    assert carried - own == requested - filled_in
