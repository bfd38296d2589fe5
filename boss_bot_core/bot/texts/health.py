"""The texts of `$health`: one line for everyone, and the details for the bot's owner."""

from datetime import datetime

from boss_bot_core.app.worker_setup import NO_FFMPEG
from boss_bot_core.bot.health import HealthReport
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.metrics import BotMetrics
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.metrics import download_lines, format_latency, proxy_lines, storage_lines
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.bot.texts.units import format_bytes


def headline(report: HealthReport) -> str:
    """Return the line that everyone reads."""
    state = _("✅ I'm well.") if report.is_healthy else _("⚠ Something needs the operator.")
    counts = _("Discord {latency} · {running} running, {waiting} waiting").format(
        latency=format_latency(report.latency_s), running=report.running, waiting=report.waiting
    )
    return f"{state} {counts}"


def operator_lines(report: HealthReport, now: datetime) -> list[str]:
    """Return the lines that the bot's owner reads."""
    counts = report.bot_metrics
    return [
        *_machine_lines(report, now),
        *_plugin_lines(report),
        *_connection_lines(report.bot_metrics, now),
        *download_lines(report.download_metrics),
        _("Commands: {used} used, {refused} refused, {broken} broke").format(
            used=counts.commands, refused=counts.refused, broken=counts.broken
        ),
    ]


def _machine_lines(report: HealthReport, now: datetime) -> list[str]:
    process = _("process {pid}").format(pid=report.zygote_pid)
    return [
        _("Queue: {running} running, {waiting} of {size} waiting").format(
            running=report.running, waiting=report.waiting, size=report.queue_size
        ),
        _("Database: {latency}").format(latency=format_latency(report.database_s)),
        _("Disk: {free} free, {kept} are kept free").format(
            free=format_bytes(report.free_bytes), kept=format_bytes(report.min_free_bytes)
        ),
        *storage_lines(report.storage, now),
        _("Engines: {state}").format(state=process if report.zygote_pid else _("NOT RUNNING, starts again by itself")),
        _("Kernel: {support}").format(support=report.kernel),
    ]


def _plugin_lines(report: HealthReport) -> list[str]:
    unused, cookies = _("Plugin {name} is not in use: {reason}"), _("Cookies of {name}: {text}")
    return [
        _("Plugins: {names}").format(names=", ".join(report.plugins) or _("none")),
        *(unused.format(name=each.name, reason=translate(each.reason)) for each in report.failures),
        *([] if report.has_ffmpeg else [translate(NO_FFMPEG)]),
        *([] if report.proxy is None else proxy_lines(report.proxy)),
        *(_("Plugin {name}: {text}").format(name=each.plugin, text=translate(each.text)) for each in report.hints),
        *(cookies.format(name=each.plugin, text=translate(each.text)) for each in report.cookies),
    ]


def _connection_lines(counts: BotMetrics, now: datetime) -> tuple[str, ...]:
    up = units.format_duration((now - counts.started_at).total_seconds())
    return (
        _("Up for {duration}").format(duration=up),
        _("Discord: {sessions} sessions, {lost} connections lost, {resumed} resumed").format(
            sessions=counts.ready, lost=counts.disconnected, resumed=counts.resumed
        ),
        _("Servers: {joined} joined, {left} left").format(joined=counts.guilds_joined, left=counts.guilds_left),
    )
