"""The commands `boss-bot media`: the plan of a file, without a conversion."""

import json
from pathlib import Path
from typing import Annotated, Any

import attrs
import typer

from boss_bot_core.plugin import format_size, read_command_setup

app = typer.Typer(help="Show what becomes of a file before it is sent.", no_args_is_help=True)


@app.callback()
def describe() -> None:
    """Show what becomes of a file before it is sent."""


@app.command("plan")
def show_plan(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file.")],
    *,
    limit: Annotated[str, typer.Option(metavar="SIZE", help="The limit, such as 10MB.")],
    probe: Annotated[bool, typer.Option("--probe", help="Encode short samples, which makes the plan exact.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for use in programs.")] = False,
) -> None:
    """Show what would be done with a file so that it fits and plays everywhere, and why; the file stays as it is."""
    from boss_bot_media.content_family import read_family  # noqa: PLC0415 - as below
    from boss_bot_media.forecast import forecast_file  # noqa: PLC0415 - loads the decoders
    from boss_bot_media.images.forecast import forecast_image  # noqa: PLC0415 - as above

    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")
    setup = read_command_setup(context, "media")
    try:
        limit_bytes = setup.parse_size(limit)
    except ValueError as error:
        raise typer.BadParameter(f"{limit} is no size: write it as 10MB") from error
    family = read_family(file)
    if family == "document":
        raise typer.BadParameter("a document is never changed")
    if family == "image":
        forecast = forecast_image(file, limit_bytes, setup.settings, has_ffmpeg=setup.ffmpeg is not None)
    else:
        forecast = forecast_file(file, limit_bytes, setup.settings, setup.ffmpeg, with_samples=probe)
    if as_json:
        typer.echo(json.dumps(attrs.asdict(forecast), indent=2))
        return
    typer.echo(f"{file.name}: {format_size(forecast.size_bytes)}, {forecast.facts}")
    typer.echo(f"Plan: {forecast.plan.replace('_', ' ')}. {forecast.reason}")
    for title, values in (("Picture", forecast.picture), ("Sound", forecast.sound)):
        if values:
            typer.echo(f"{title}: {_describe(values)}")
    if forecast.choices:
        typer.echo(f"Choices: {', '.join(forecast.choices)}")
    if forecast.cpu_s is not None:
        typer.echo(f"CPU time: about {forecast.cpu_s:.0f} s")


def _describe(values: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items() if value is not None)
