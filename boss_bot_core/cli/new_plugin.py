"""The command `boss-bot plugins new`: writes the distribution of a new plugin from a template."""

import importlib.util
import re
from importlib import metadata, resources
from pathlib import Path
from string import Template
from typing import Annotated

import typer

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_MAX_NAME_LENGTH = 32


def write_plugin(
    name: Annotated[str, typer.Argument(help="Name of the plugin: small letters, digits and _, such as pictures.")],
    *,
    host: Annotated[str, typer.Option(help="Host of the site; by default NAME.example.", show_default=False)] = "",
    folder: Annotated[Path, typer.Option(file_okay=False, help="Folder in which the distribution is made.")] = Path(),
) -> None:
    """Write a new plugin with its tests; it works at once, for a made-up site."""
    package, distribution = f"boss_bot_{name}", f"boss-bot-{name.replace('_', '-')}"
    _check_name(name, package)
    host = (host or f"{name.replace('_', '-')}.example").lower().removeprefix("www.")
    if not _HOST.fullmatch(host):
        raise typer.BadParameter(f"{host!r} is no host name; write it as in pictures.example.", param_hint="--host")
    target = folder / distribution
    title = name.replace("_", " ").title()
    values = {
        "name": name,
        "package": package,
        "distribution": distribution,
        "host": host,
        "title": title,
        "class": title.replace(" ", ""),
        "core_range": _build_core_range(),
    }
    try:
        target.mkdir(parents=True)
        for path, text in _render(values).items():
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    except FileExistsError:
        raise typer.BadParameter(f"{target} is already there; nothing was changed.", param_hint="NAME") from None
    except OSError as error:
        raise typer.BadParameter(f"{target} cannot be written: {error.strerror}.", param_hint="--folder") from error
    typer.echo(f"Wrote {target}. Its hooks are in {target / 'src' / package / 'plugin.py'}. Next:")
    typer.echo(f'  pip install -e {target} "boss-bot-core[testing]"')
    typer.echo(f"  pytest {target}")
    typer.echo(f"  boss-bot plugins why https://{host}/p/1")


def _check_name(name: str, package: str) -> None:
    if not _NAME.fullmatch(name) or not 1 < len(name) <= _MAX_NAME_LENGTH:
        raise typer.BadParameter(
            f"{name!r} is no name of a plugin; use 2 to {_MAX_NAME_LENGTH} small letters, digits and _, "
            "with a letter first.",
            param_hint="NAME",
        )
    if importlib.util.find_spec(package) is not None:
        raise typer.BadParameter(f"the package {package} is already installed; choose another.", param_hint="NAME")


def _build_core_range() -> str:
    """Return the versions of the core that the plugin works with: hooks are stable within a minor version."""
    major, minor = map(int, metadata.version("boss-bot-core").split(".")[:2])
    return f">={major}.{minor},<{major}.{minor + 1}"


def _render(values: dict[str, str]) -> dict[str, str]:
    """Return the texts of all files by their path in the distribution."""
    templates = resources.files(__package__) / "plugin_template"
    source = f"src/{values['package']}"
    names = {
        "pyproject.toml": "pyproject.toml.in",
        "README.md": "README.md.in",
        f"{source}/plugin.py": "plugin.py.in",
        f"tests/test_{values['name']}.py": "test_plugin.py.in",
    }
    texts = {path: Template((templates / name).read_text("utf-8")).substitute(values) for path, name in names.items()}
    return texts | {f"{source}/__init__.py": f'"""Boss-Bot plugin for {values["host"]}."""\n', f"{source}/py.typed": ""}
