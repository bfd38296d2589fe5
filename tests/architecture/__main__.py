"""Prints the figures of the core's structure: `uv run python -m tests.architecture`."""

import asyncio
import sys
import tempfile
from pathlib import Path

import grimp
from loguru import logger

from boss_bot_sandbox.site import site_process
from tests.architecture.structure import lines_in, median_length, modules_below, single_importer_modules, slivers
from tests.architecture.walks import walk_of_a_link, walk_of_a_progress_event


def main() -> None:
    logger.remove()
    imports = grimp.build_graph("boss_bot_core", cache_dir=None)
    for title, packages in (
        ("core", ()),
        ("bot", ("bot",)),
        ("bot/cards", ("bot/cards",)),
        ("worker and egress", ("worker", "egress")),
    ):
        print(f"{len(modules_below(*packages)):5} modules in {title}")
    print(f"{median_length():5g} lines in the median module, {max(map(lines_in, modules_below()))} in the longest")
    print(f"{len(single_importer_modules(imports)):5} modules with exactly one importer")
    print(f"{len(slivers(imports)):5} of them short and beside their importer")
    with tempfile.TemporaryDirectory() as name, site_process(Path(name, "site")) as site:
        link = asyncio.run(walk_of_a_link(site, Path(name, "bot")))
        progress = asyncio.run(walk_of_a_progress_event(Path(name, "cards")))
    print(f"{len(link):5} files from a link to the delivered file")
    print(f"{len(progress):5} files from a progress event to the edited card")
    if "--files" in sys.argv:
        print(*sorted(link), "", *sorted(progress), sep="\n")


if __name__ == "__main__":
    main()
