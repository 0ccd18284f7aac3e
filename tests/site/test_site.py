"""The site as it is built: every page, link and name is there, and nothing is fetched from elsewhere."""

from __future__ import annotations

import html
import inspect
import re
import runpy
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from sphinx.util.inventory import InventoryFile

import keyview
from keyview import _about
from tests.site.conftest import ADDRESS, DOCS
from tools.blocks import examples

if TYPE_CHECKING:
    from pathlib import Path

#: Where the pages may lead to; these links are not followed.
ELSEWHERE = {
    "codemirror.net",
    "doc.rust-lang.org",
    "github.com",
    "mypy-lang.org",
    "pradyunsg.me",
    "pyodide.org",
    "rust-lang.github.io",
    "www.jetbrains.com",
    "www.sphinx-doc.org",
}


@dataclass
class Page(HTMLParser):
    """What a built page refers to, and what can be referred to in it."""

    path: Path
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value for name, value in attrs if value}
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif tag == "link" and attributes.get("rel") not in ("index", "next", "prev", "search"):
            self.parts.append(attributes["href"])
        elif tag == "meta" and "content" in attributes:
            name = attributes.get("name") or attributes.get("property", "")
            self.meta[name] = attributes["content"]
        self.parts += [attributes[name] for name in ("src", "srcset", "data") if name in attributes]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """The built pages by path; not what an HTML file in `_static` is."""
    paths = (path for path in site.rglob("*.html") if "_static" not in path.parts)
    return {path: Page(path) for path in paths}


def test_every_page_is_there(site: Path, pages: dict[Path, Page]) -> None:
    for source in DOCS.rglob("*.md"):
        assert (site / source.relative_to(DOCS)).with_suffix(".html") in pages


def test_every_link_leads_somewhere(pages: dict[Path, Page]) -> None:
    for page in pages.values():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme == "https"
                assert parts.hostname in ELSEWHERE, f"{page.path}: {link}"
                continue
            target = page.path if not parts.path else (page.path.parent / parts.path).resolve()
            assert target.is_file(), f"{page.path}: {link}"
            anchor = unquote(parts.fragment)
            if anchor and not anchor.startswith("code="):
                assert anchor in pages[target].ids, f"{page.path}: {link}"


def test_nothing_is_fetched_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    assert any(page.parts for page in pages.values())
    for page in pages.values():
        for part in page.parts:
            assert not urlsplit(part).netloc, f"{page.path}: {part}"
    for sheet in site.rglob("*.css"):
        addresses = re.findall(r"(?:url\(|@import )\s*[\"']?([^\"')]*)", sheet.read_text("utf-8"))
        assert not [url for url in addresses if urlsplit(url).netloc], sheet


def test_every_public_name_can_be_linked_to(site: Path) -> None:
    """Sphinx: autodoc documents every public name, and intersphinx finds each in `objects.inv`."""
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    documented = {name for kind in inventory.data.values() for name in kind}
    public = {name: getattr(keyview, name) for name in keyview.__all__ if name != "__version__"}
    assert {f"keyview.{name}" for name in public} <= documented
    for name, cls in public.items():
        if inspect.isclass(cls):
            # What a class has from another public one is documented there.
            homes = [f"keyview.{base.__name__}" for base in cls.__mro__ if base.__name__ in public]
            for method in own_members(cls):
                assert any(f"{home}.{method}" in documented for home in homes), f"{name}.{method}"


def own_members(cls: type) -> list[str]:
    """What a class has that is not from Python's own classes, private or of an enum."""
    ours = [vars(base) for base in cls.__mro__ if base.__module__.partition(".")[0] == "keyview"]
    return [
        name
        for members in ours
        for name, member in members.items()
        if not name.startswith("_") and not isinstance(member, cls)
    ]


def test_the_reference_shows_what_a_type_checker_sees(site: Path) -> None:
    text = re.sub(r"<[^>]*>", "", (site / "reference" / "hashmap.html").read_text("utf-8"))
    assert "HashMap.get(query: K | KeyView[K], default: None = None, /) &#x2192; V | None" in text
    assert "Any = " not in text


def test_a_special_method_is_shown_as_it_is_written(site: Path) -> None:
    text = re.sub(r"<[^>]*>", "", (site / "reference" / "hashmap.html").read_text("utf-8"))
    for title in ("m[q]", "q in m", "m[q] = v", "del m[q]", "len(m)", "m == other", "HashMap(...)"):
        assert f"\n{html.escape(title)}HashMap" in text
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    item = inventory.data["py:method"]["keyview.HashMap.__getitem__"]
    assert item.uri == "reference/hashmap.html#keyview.HashMap.__getitem__"


def test_a_class_is_shown_with_its_parameters_and_its_public_bases(site: Path) -> None:
    for page, cls, base in (
        ("hashmap", "HashMap[K, V]", "MutableMapping[K, V]"),
        ("sortedset", "SortedSet[T]", "MutableSet[T]"),
        ("views", "Slice(", "KeyView[S]"),
    ):
        text = re.sub(r"<[^>]*>", "", (site / "reference" / f"{page}.html").read_text("utf-8"))
        after = text.partition(f"keyview.{cls}")[2]
        assert after.partition("Bases: ")[2].startswith(f"{base}\n")


def test_a_method_of_entries_is_shown_once_for_both_states(
    site: Path, pages: dict[Path, Page]
) -> None:
    page = pages[site / "reference" / "entries.html"]
    assert {f"keyview.{state}.or_insert" for state in ("Occupied", "Vacant")} <= page.ids
    text = re.sub(r"<[^>]*>", "", page.path.read_text("utf-8"))
    assert text.count("entry.or_insert(value: V, /)") == 1


def test_names_in_the_text_lead_to_the_reference(site: Path, pages: dict[Path, Page]) -> None:
    page = pages[site / "errors" / "key-view-law.html"]
    assert "../reference/testing.html#keyview.testing.check_view" in page.links


def opened_in_the_playground(page: Page) -> list[str]:
    codes = [link.partition("#code=")[2] for link in page.links if "#code=" in link]
    return [urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode() for code in codes]


def test_examples_can_be_opened_in_the_playground(site: Path, pages: dict[Path, Page]) -> None:
    for source in DOCS.rglob("*.md"):
        page = pages[(site / source.relative_to(DOCS)).with_suffix(".html")]
        shown = [code for _, code in examples(source)]
        assert [code for code in opened_in_the_playground(page) if code in shown] == shown


def test_sessions_can_be_opened_in_the_playground(site: Path, pages: dict[Path, Page]) -> None:
    entry = "\nm: HashMap[str, list[int]] = HashMap()\nm.entry("
    opened = opened_in_the_playground(pages[site / "reference" / "hashmap.html"])
    assert any(entry in program for program in opened)


def test_each_page_says_what_it_is_about(site: Path, pages: dict[Path, Page]) -> None:
    described = {path: page.meta.get("description", "") for path, page in pages.items()}
    del described[site / "search.html"]
    assert {p: words for p, words in described.items() if not 5 <= len(words) <= 204} == {}
    assert len(set(described.values())) == len(described)
    assert all(pages[path].meta["og:description"] == words for path, words in described.items())


def test_a_list_for_language_models_has_each_page(site: Path) -> None:
    listed = re.findall(
        r"^- \[.+\]\((.+)\): .+$", (site / "llms.txt").read_text("utf-8"), re.MULTILINE
    )
    pages = {
        source.relative_to(DOCS).with_suffix(".html").as_posix() for source in DOCS.rglob("*.md")
    }
    assert sorted(listed) == sorted(pages - {"index.html", "404.html"})


def test_whole_addresses_are_made_only_if_there_is_one(site: Path, pages: dict[Path, Page]) -> None:
    names = runpy.run_path(str(DOCS / "_ext" / "about_pages.py"))
    assert names["sitemap"](["https://host/a?b&c"]).count("<loc>https://host/a?b&amp;c</loc>") == 1
    published = bool(_about.REPOSITORY)
    assert (site / "sitemap.xml").exists() == published
    assert ("og:image" in pages[site / "index.html"].meta) == published
    edits = [link for page in pages.values() for link in page.links if "/edit/main/docs/" in link]
    assert bool(edits) == published


def test_with_an_address_pages_lead_to_their_sources(published: Path) -> None:
    page = Page(published / "reference" / "entries.html")
    whole = [link for link in page.links if link.startswith(ADDRESS)]
    files = {link.removeprefix(ADDRESS).partition("#")[0] for link in whole}
    assert {f"/{how}/main/docs/reference/entries.md" for how in ("edit", "blob")} <= files
    assert all((DOCS.parent / file.partition("/main/")[2]).is_file() for file in files)
    for link in whole:
        if "#L" in link:
            path, _, line = link.removeprefix(f"{ADDRESS}/blob/main/").partition("#L")
            text = (DOCS.parent / path).read_text("utf-8").splitlines()[int(line) - 1]
            assert text.strip().startswith(("class ", "def ", "@")), link
    assert len([link for link in whole if "/_pure/entry.py#L" in link]) == 30
    home = Page(published / "index.html")
    assert home.meta["og:image"] == "https://someone.github.io/keyview/_static/card.png"
    assert '<base href="https://someone.github.io/keyview/">' in (published / "404.html").read_text(
        "utf-8"
    )
    assert (published / "sitemap.xml").exists()


def test_no_page_is_heavy_and_nothing_is_there_that_no_reader_needs(
    site: Path, pages: dict[Path, Page]
) -> None:
    for page in pages.values():
        assert page.path.stat().st_size < 320_000, page.path
        parts = {(page.path.parent / urlsplit(part).path).resolve() for part in page.parts}
        # Only the search fetches the index, and the playground is there if its tests ran before.
        others = {part for part in parts if part.parent != site / "playground"}
        others -= {site / "searchindex.js"}
        assert sum(part.stat().st_size for part in others if part.is_file()) < 300_000, page.path
        # What a browser waits for before it paints anything.
        head = page.path.read_text("utf-8").partition("</head>")[0]
        sheets = re.findall(r'<link rel="stylesheet"[^>]* href="([^"?]*)', head)
        scripts = re.findall(r"<script (?![^>]*(?:defer|async))[^>]*src=\"([^\"?]*)", head)
        waited = [page.path.parent / part for part in [*sheets, *scripts]]
        assert sum(part.stat().st_size for part in waited) < 100_000, page.path
    assert not list(site.rglob("*.doctree"))


def test_the_tutorial_marks_the_lines_that_have_changed(site: Path) -> None:
    marked = re.findall(r'<span class="hll">(.*)', (site / "tutorial.html").read_text("utf-8"))
    lines = [re.sub(r"<[^>]*>", "", line) for line in marked]
    assert lines[:2] == ["from typing import reveal_type", "reveal_type(counts)"]
    assert "plugins = keyview.mypy" in lines
    assert not [line for line in lines if line.startswith("import heapq")]
