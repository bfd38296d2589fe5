"""Writes the generated parts of the manual into its pages: `uv run python -m docs.generator`."""

from docs.generator.parts import DOCS, render_pages

for path, text in render_pages():
    if text != path.read_text(encoding="utf-8"):
        path.write_text(text, encoding="utf-8")
        print(f"changed: {path.relative_to(DOCS.parent)}")
