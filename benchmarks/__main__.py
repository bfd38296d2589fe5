"""Runs the benchmarks one after the other: ``python -m benchmarks [NAME]... [--short]``."""

import argparse
from collections.abc import Callable, Sequence

from benchmarks import (
    acknowledgement,
    command_start,
    egress_throughput,
    load,
    media_fit,
    media_images,
    media_overhead,
    memory,
    start_latency,
)

BENCHMARKS: dict[str, Callable[[Sequence[str] | None], object]] = {
    "egress": egress_throughput.main,
    "start": start_latency.main,
    "commands": command_start.main,
    "memory": memory.main,
    "acknowledgement": acknowledgement.main,
    "load": load.main,
    "media": media_fit.main,
    "pictures": media_images.main,
    "overhead": media_overhead.main,
}

LONG = frozenset({"load"})
"""Benchmarks that take more than 20 seconds in their short form too; CI leaves them out."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the named benchmarks, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], help="which; all when none is named")
    parser.add_argument("--short", action="store_true", help="few rounds, for CI")
    chosen = parser.parse_intermixed_args(arguments)
    for name in chosen.names or [name for name in BENCHMARKS if not chosen.short or name not in LONG]:
        print(f"== {name}")
        BENCHMARKS[name](["--short"] if chosen.short else [])


if __name__ == "__main__":
    main()
