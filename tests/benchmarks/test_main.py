"""The command line of the benchmarks."""

from functools import partial

import pytest

from benchmarks.__main__ import BENCHMARKS, main


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("memory --short acknowledgement", [("memory", ["--short"]), ("acknowledgement", ["--short"])]),
        ("--short start", [("start", ["--short"])]),
        ("egress", [("egress", [])]),
        ("", [(name, []) for name in BENCHMARKS]),
        ("--short", [(name, ["--short"]) for name in BENCHMARKS if name != "load"]),
        ("--short load", [("load", ["--short"])]),
    ],
)
def test_options_and_names_come_in_any_order(
    arguments: str, expected: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, list[str]]] = []

    def record(name: str, given: list[str]) -> None:
        calls.append((name, given))

    for name in BENCHMARKS:
        monkeypatch.setitem(BENCHMARKS, name, partial(record, name))
    main(arguments.split())
    assert calls == expected


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["weather"])
    assert "invalid choice: 'weather'" in capsys.readouterr().err
