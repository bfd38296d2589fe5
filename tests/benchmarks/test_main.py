"""Which benchmarks are run, and how, by what is written on the command line."""

from functools import partial

import pytest

from benchmarks.__main__ import BENCHMARKS, main


@pytest.mark.parametrize(
    ("arguments", "run"),
    [
        ("memory --short acknowledgement", [("memory", ["--short"]), ("acknowledgement", ["--short"])]),
        ("--short start", [("start", ["--short"])]),
        ("egress", [("egress", [])]),
        ("", [(name, []) for name in BENCHMARKS]),
    ],
)
def test_options_and_names_come_in_any_order(
    arguments: str, run: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, list[str]]] = []

    def note(name: str, given: list[str]) -> None:
        seen.append((name, given))

    for name in BENCHMARKS:
        monkeypatch.setitem(BENCHMARKS, name, partial(note, name))
    main(arguments.split())
    assert seen == run


def test_a_name_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["weather"])
    assert "invalid choice: 'weather'" in capsys.readouterr().err
