"""The help of the commands for everyone: summaries, usage, examples and notes, and the options of its slash command."""

from boss_bot_core.bot.language import LazyText
from boss_bot_core.bot.texts.help import SITES, CommandHelp
from boss_bot_core.plugin.matching import Platform
from boss_bot_core.routing import MAX_LINKS

ALL = "all"
"""The word that stands for all downloads of the user."""

SERVER = "server"
"""The word that stands for the settings of the server."""

ALL_SETTINGS = "help"
"""The word that stands for the list of all settings."""

MENU = LazyText("Download media")
"""The entry in a message's menu."""

OPTION_WORDS = ("low", "normal", "high", "1080p", "720p", "480p", "360p", "sound", "spoiler", "thread")
"""The words that download commands take in front of the links or behind them."""

DOWNLOAD = CommandHelp(
    summary=LazyText("Download from any supported site"),
    usage=LazyText("<url…> [priority] [options]"),
    examples=("https://example.com/clip.mp4", "https://example.com/clip.mp4 high 720p"),
    notes=(
        LazyText("Up to {count} links in one message", {"count": MAX_LINKS}),
        LazyText("Before or after the links: {options}", {"options": ", ".join(OPTION_WORDS)}),
        LazyText("/dl has the same options as fields; thread: also the author's other posts"),
        LazyText("What you hide behind a spoiler comes back as a spoiler"),
        LazyText("As a reply without a link, it takes the links and files of that message"),
        LazyText("So does “{menu}” in a message's menu, under Apps, and a link to a message", {"menu": MENU}),
    ),
    shows_limit=True,
    slash_summary=LazyText("Download the media behind a link into this channel."),
    options={
        "url": LazyText("The link, or several"),
        "priority": LazyText("How urgent"),
        "quality": LazyText("Tallest video, in lines"),
        "audio_only": LazyText("Only the sound"),
        "spoiler": LazyText("Hide it behind a spoiler"),
        "thread": LazyText("Also the author's other posts of the thread"),
    },
)

QUEUE = CommandHelp(
    summary=LazyText("Show queue status"),
    usage=LazyText("[page]"),
    examples=("", "2"),
    notes=(LazyText("An asterisk marks your downloads"), LazyText("What is downloaded in other servers is not named")),
    slash_summary=LazyText("Show the queue: what runs, what waits, and your position."),
    options={"page": LazyText("Which page")},
)

CANCEL = CommandHelp(
    summary=LazyText("Cancel download"),
    usage=LazyText("[id|all]"),
    examples=("", "a1b2c3", ALL),
    notes=(LazyText("Without an id: your newest download"), LazyText("The id is on the card, behind the #")),
    slash_summary=LazyText("Cancel a download of yours, or all of them."),
    options={"download": LazyText("Which; your newest if you do not say")},
)

SETTINGS = CommandHelp(
    summary=LazyText("Show settings"),
    usage=LazyText("[setting] [value]"),
    examples=("", "notifications verbose", "mention off", SERVER),
    notes=(
        LazyText("dls help lists every setting; dls <setting> explains one"),
        LazyText("The server's settings need the permission Manage Server"),
    ),
    slash_summary=LazyText("Show or change settings: notifications, priority, mentions, retries, and the server's."),
    options={"setting": LazyText("Which setting; nothing shows yours"), "value": LazyText("What it becomes")},
)

HELP = CommandHelp(
    summary=LazyText("Show help"),
    usage=LazyText("[command|sites]"),
    examples=("", "dl", SITES),
    notes=(LazyText("/dlh shows it to you alone"),),
    slash_summary=LazyText("Show help: what I can do, and how."),
    options={"topic": LazyText("A command, or “sites” for what is supported")},
)


def platform_help(platform: Platform) -> CommandHelp:
    """Return the help of a platform's own command, in the words of its plugin."""
    first, *others = platform_examples(platform)
    return CommandHelp(
        summary=LazyText(platform.description),
        usage=LazyText("<url> [priority]"),
        examples=(first, f"{first} high", *others),
        notes=tuple(map(LazyText, platform.notes)),
        shows_limit=True,
    )


def platform_examples(platform: Platform) -> tuple[str, ...]:
    """Return links that a platform's plugin accepts, at least one."""
    return platform.examples or ("https://…",)
