"""Where settings are written: config.toml, the environment, the command line; each read into one `Layer`."""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path

import attrs
from typed_settings.types import LoaderMeta

from boss_bot_core.settings.catalog import CONFIG_FILE_VARIABLE, ENV_PREFIX, catalog

COMMAND_LINE = "command line"
ENVIRONMENT = "environment"


@attrs.frozen(kw_only=True)
class Problem:
    """Something that is wrong with the settings.

    Attributes:
        path: The setting or file.
        source: Where it is written.
        text: What is wrong and what is expected.
    """

    path: str
    source: str
    text: str

    def __str__(self) -> str:
        return f"{self.path} ({self.source}): {self.text}"


@attrs.frozen(kw_only=True)
class Layer:
    """What one source says.

    Attributes:
        name: The source, for people.
        folder: What its relative paths are relative to.
        values: By the setting's flat name, as written.
        problems: What could not be read.
    """

    name: str
    folder: Path
    values: Mapping[str, object] = attrs.field(factory=dict, repr=False)
    problems: tuple[Problem, ...] = ()

    @property
    def meta(self) -> LoaderMeta:
        """The same for typed-settings."""
        return LoaderMeta(self.name, base_dir=self.folder)


def read_file(path: Path, *, required: bool) -> Layer:
    """Read config.toml; where it is not there it says nothing, unless it is required."""
    layer = Layer(name=str(path), folder=path.resolve().parent)
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return attrs.evolve(layer, problems=_unreadable(path, "there is no such file") if required else ())
    except OSError as error:
        return attrs.evolve(layer, problems=_unreadable(path, f"cannot be read: {error.strerror}"))
    except ValueError as error:  # not UTF-8, or not TOML
        return attrs.evolve(layer, problems=_unreadable(path, f"is no TOML: {error}"))
    unknown = tuple(Problem(path=name, source=str(path), text=_unknown(name)) for name in written.keys() - catalog())
    return attrs.evolve(layer, values=_given(written), problems=unknown)


def read_environment(environ: Mapping[str, str]) -> Layer:
    """Read every `BOSS_BOT_…` variable."""
    by_variable = {entry.env: entry for entry in catalog().values()}
    values: dict[str, str] = {}
    problems = []
    for variable, text in environ.items():
        if not variable.startswith(ENV_PREFIX) or variable == CONFIG_FILE_VARIABLE:
            continue
        if entry := by_variable.get(variable):
            values[entry.name] = text
        else:
            name = variable.removeprefix(ENV_PREFIX).lower()
            problems.append(Problem(path=variable, source=ENVIRONMENT, text=_unknown(name, env=True)))
    return Layer(name=ENVIRONMENT, folder=Path.cwd(), values=_given(values), problems=tuple(problems))


def read_overrides(overrides: Mapping[str, object]) -> Layer:
    """Read what the command line says; None means that an option was not given."""
    given = {name: value for name, value in overrides.items() if value is not None}
    unknown = tuple(Problem(path=name, source=COMMAND_LINE, text=_unknown(name)) for name in given.keys() - catalog())
    return Layer(name=COMMAND_LINE, folder=Path.cwd(), values=_given(given), problems=unknown)


def _given(values: Mapping[str, object]) -> dict[str, object]:
    # An empty text is how a shell, and config.toml, say "none" of a setting that can be without a value.
    optional = {name for name, entry in catalog().items() if entry.optional}
    return {name: None if value == "" and name in optional else value for name, value in values.items()}


def _unreadable(path: Path, text: str) -> tuple[Problem, ...]:
    return (Problem(path=str(path), source="config file", text=text),)


def _unknown(name: str, *, env: bool = False) -> str:
    close = difflib.get_close_matches(name, catalog(), n=1)
    if not close:
        return "unknown setting"
    return f"unknown setting; did you mean {catalog()[close[0]].env if env else close[0]}?"
