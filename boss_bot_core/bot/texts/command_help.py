"""The help of each command: summaries, usage, examples and notes, and the options of its slash command."""

from boss_bot_core.bot.texts.help import SITES, CommandHelp
from boss_bot_core.plugin.matching import Platform
from boss_bot_core.routing import MAX_LINKS

ALL = "all"
"""The word that stands for all downloads of the user."""

SERVER = "server"
"""The word that stands for the settings of the server."""

ALL_SETTINGS = "help"
"""The word that stands for the list of all settings."""

MENU = "Download media"
"""The entry in a message's menu."""

OPTION_WORDS = ("low", "normal", "high", "1080p", "720p", "480p", "360p", "sound", "spoiler", "thread")
"""The words that download commands take in front of the links or behind them."""

DOWNLOAD = CommandHelp(
    summary="Download from any supported site",
    usage="<url…> [priority] [options]",
    examples=("https://example.com/clip.mp4", "https://example.com/clip.mp4 high 720p"),
    notes=(
        f"Up to {MAX_LINKS} links in one message",
        f"Before or after the links: {', '.join(OPTION_WORDS)}",
        "/dl has the same options as fields; thread: also the author's other posts",
        "What you hide behind a spoiler comes back as a spoiler",
        "As a reply without a link, it takes the links and files of that message",
        f"So does “{MENU}” in a message's menu, under Apps, and a link to a message",
    ),
    shows_limit=True,
    slash_summary="Download the media behind a link into this channel.",
    options={
        "url": "The link, or several",
        "priority": "How urgent",
        "quality": "Tallest video, in lines",
        "audio_only": "Only the sound",
        "spoiler": "Hide it behind a spoiler",
        "thread": "Also the author's other posts of the thread",
    },
)

QUEUE = CommandHelp(
    summary="Show queue status",
    usage="[page]",
    examples=("", "2"),
    notes=("An asterisk marks your downloads", "What is downloaded in other servers is not named"),
    slash_summary="Show the queue: what runs, what waits, and your position.",
    options={"page": "Which page"},
)

CANCEL = CommandHelp(
    summary="Cancel download",
    usage="[id|all]",
    examples=("", "a1b2c3", ALL),
    notes=("Without an id: your newest download", "The id is on the card, behind the #"),
    slash_summary="Cancel a download of yours, or all of them.",
    options={"download": "Which; your newest if you do not say"},
)

SETTINGS = CommandHelp(
    summary="Show settings",
    usage="[setting] [value]",
    examples=("", "notifications verbose", "mention off", SERVER),
    notes=(
        "dls help lists every setting; dls <setting> explains one",
        "The server's settings need the permission Manage Server",
    ),
    slash_summary="Show or change settings: notifications, priority, mentions, retries, and the server's.",
    options={"setting": "Which setting; nothing shows yours", "value": "What it becomes"},
)

HELP = CommandHelp(
    summary="Show help",
    usage="[command|sites]",
    examples=("", "dl", SITES),
    notes=("/dlh shows it to you alone",),
    slash_summary="Show help: what I can do, and how.",
    options={"topic": "A command, or “sites” for what is supported"},
)

HEALTH = CommandHelp(summary="Show how the bot is", notes=("The bot's owner is also shown the details",))

STORAGE = CommandHelp(
    summary="Show what is stored",
    notes=("For members with Manage Server", "The owner sees all servers, in /storage and in direct messages"),
    slash_summary="Show what is stored of this server, and when it expires.",
)

SYNC = CommandHelp(
    summary="Tell Discord which slash commands there are",
    usage="[here|clear]",
    examples=("", "here"),
    notes=(
        "After an installation and after an update, once",
        "here: in this server only, and at once; clear: take that back",
        "Only for the bot's owner",
    ),
)


def platform_help(platform: Platform) -> CommandHelp:
    """Return the help of a platform's own command, in the words of its plugin."""
    first, *others = platform_examples(platform)
    return CommandHelp(
        summary=platform.description,
        usage="<url> [priority]",
        examples=(first, f"{first} high", *others),
        notes=platform.notes,
        shows_limit=True,
    )


def platform_examples(platform: Platform) -> tuple[str, ...]:
    """Return links that a platform's plugin accepts, at least one."""
    return platform.examples or ("https://…",)
