"""A small post-processing plugin, installed like a package, for tests of the way of a conversion through the bot."""

import shutil
from pathlib import Path

NAME = "fitting"


def install_plugin(folder: Path) -> Path:
    """Install the plugin into a new folder below `folder`, and return that for PYTHONPATH."""
    site = folder / "fitting-site"
    info = site / "boss_bot_fitting-1.0.dist-info"
    info.mkdir(parents=True)
    package = site / "boss_bot_fitting"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copy(Path(__file__).with_name("plugin.py"), package)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: boss-bot-fitting\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[boss_bot]\n{NAME} = boss_bot_fitting.plugin\n")
    return site


def build_environment(folder: Path, worker_environment: str = "") -> dict[str, str]:
    """Return the variables with which the bot has this plugin, and no other one that makes files fit."""
    return {
        "PYTHONPATH": str(install_plugin(folder)),
        "BOSS_BOT_WORKER_ENVIRONMENT": ",".join(filter(None, (worker_environment, "PYTHONPATH"))),
        "BOSS_BOT_DISABLED_PLUGINS": "media",
        "BOSS_BOT_PLUGIN_FITTING_NOTE": "took the sound",
    }
