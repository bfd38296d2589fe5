"""The HTTP client of download hooks in a confined worker: a real proxy, TLS, cookies in memory, and httpx on demand."""

import json
from ipaddress import IPv4Network
from urllib.parse import quote

from boss_bot_core.egress import AddressPolicy, EgressProxy
from boss_bot_core.plugin import Progress
from boss_bot_core.worker import DownloadFinished, LogLine, Zygote
from boss_bot_sandbox.site import RemoteSite
from tests.worker.conftest import MakeJob, get_failure, run_job

COOKIES = "# Netscape HTTP Cookie File\n.example.com\tTRUE\t/\tTRUE\t\tsess\tgood\n"


async def test_a_confined_worker_fetches_a_file_and_only_its_use_loads_httpx(
    zygote: Zygote, make_job: MakeJob, site: RemoteSite
) -> None:
    url = "https://media.example.com/members/clip.mp4"
    async with EgressProxy(AddressPolicy((IPv4Network("127.0.0.1/32"),)), site.host_overrides) as proxy:
        job = make_job(
            f"use_http?url={quote(url)}",
            proxy_url=proxy.open_lease("trial").proxy_url,
            ca_file=site.ca_file,
            cookies=COOKIES,
        )
        events = await run_job(zygote, job)
    assert isinstance(events[-1], DownloadFinished), events
    found = json.loads(events[-1].result.media.text or "")
    size_bytes = (site.ca_file.parent / "media" / "clip.mp4").stat().st_size
    assert found == {"before": [], "after": ["httpx", "httpcore"], "size_bytes": size_bytes}
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert (last.downloaded_bytes, last.total_bytes) == (size_bytes, size_bytes)
    logged = " ".join(event.message for event in events if isinstance(event, LogLine))
    assert "Refused" not in logged
    assert "media.example.com" not in logged, "an address can contain a secret"


async def test_a_failure_arrives_typed_and_without_the_proxy_s_credential(
    zygote: Zygote, make_job: MakeJob, site: RemoteSite
) -> None:
    async with EgressProxy(AddressPolicy((IPv4Network("127.0.0.1/32"),)), site.host_overrides) as proxy:
        lease = proxy.open_lease("trial")
        job = make_job(f"use_http?url={quote('https://10.0.0.1/clip.mp4')}", proxy_url=lease.proxy_url)
        report = get_failure(await run_job(zygote, job)).report
    assert report.kind == "BlockedError"
    assert report.message == "The link leads into a network that is off limits (private)."
    assert lease.proxy_url.partition("@")[0].rpartition(":")[2] not in f"{report.message}{report.detail}"
