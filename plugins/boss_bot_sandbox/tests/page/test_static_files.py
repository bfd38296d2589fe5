"""The static files of the page: no resources of other hosts, and nothing that parses text as markup."""

import re
from html.parser import HTMLParser
from importlib import resources

import pytest

STATIC = resources.files("boss_bot_sandbox.page") / "static"
FILES = {file.name: file.read_text(encoding="utf-8") for file in STATIC.iterdir() if file.is_file()}
SCRIPTS = sorted(name for name in FILES if name.endswith(".js"))
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTML|srcdoc"
    r"|\beval\b|new Function|setTimeout\(\s*[\"'`]|\.cssText"
)
ADDRESS = re.compile(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+")


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))


@pytest.fixture(scope="module")
def outline() -> Outline:
    parser = Outline()
    parser.feed(FILES["index.html"])
    return parser


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_turns_text_into_markup(name: str) -> None:
    assert MARKUP.findall(FILES[name]) == []


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_file_loads_resources_of_other_hosts(name: str) -> None:
    found = [address for address in ADDRESS.findall(FILES[name]) if not address.endswith("//www.w3.org")]
    assert found == []
    assert "url(" not in FILES[name]
    assert "@import" not in FILES[name]


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_import_is_a_file_of_the_page_and_exports_the_name(name: str) -> None:
    for names, path in re.findall(r'import \{([^}]+)\} from "([^"]+)"', FILES[name]):
        assert path.startswith("./")
        exported = set(re.findall(r"export (?:async )?(?:const|function|class) (\w+)", FILES[path[2:]]))
        assert {one.strip() for one in names.split(",")} <= exported


def test_the_document_has_neither_inline_scripts_nor_inline_styles(outline: Outline) -> None:
    attributes = {name for _, given in outline.elements for name in given}
    assert [name for name in attributes if name.startswith("on") or name == "style"] == []
    assert all(given.get("src") for tag, given in outline.elements if tag == "script")
    assert all(tag != "style" for tag, _ in outline.elements)


def test_every_id_is_unique_and_every_reference_exists(outline: Outline) -> None:
    ids = [given["id"] for _, given in outline.elements if "id" in given]
    assert len(ids) == len(set(ids))
    for _, given in outline.elements:
        for name in ("aria-labelledby", "aria-controls"):
            assert given.get(name) is None or given[name] in ids
    asked = {one for name in SCRIPTS for one in re.findall(r'byId\("([\w-]+)"\)', FILES[name])}
    assert asked <= set(ids)


def test_every_region_has_an_accessible_name(outline: Outline) -> None:
    regions = [given for tag, given in outline.elements if tag in {"nav", "aside", "section", "input"}]
    assert all(given.get("aria-label") or given.get("aria-labelledby") for given in regions)
