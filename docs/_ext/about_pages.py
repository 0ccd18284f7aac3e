"""What machines read about the pages: descriptions, a card, `llms.txt`, words for the search.

A page says in its front matter what it cannot say otherwise: `description`, if its first paragraph will
not do, and `search`, words by which the search is to find it first. Addresses are made from
`html_baseurl`; while that is empty, what needs a whole address is left out.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Search engines show about as much; less says nothing.
LONGEST = 200
SHORTEST = 40


def description(env: BuildEnvironment, page: str, doctree: nodes.document) -> str:
    """What a page says of itself, or as many of its first sentences as are not too long."""
    if said := env.metadata[page].get("description"):
        return " ".join(said.split())
    paragraphs = [
        p for p in doctree.findall(nodes.paragraph) if isinstance(p.parent, nodes.section)
    ]
    texts = [" ".join(p.astext().split()).removeprefix("Before. ") for p in paragraphs]
    text = next((text for text in texts if len(text) >= SHORTEST), env.titles[page].astext())
    while len(text) > LONGEST and ". " in text:
        text = text.rpartition(". ")[0] + "."
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " ..."


def add_head(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the description of a page, and what is shown where somebody posts a link to it."""
    if doctree is None:
        return
    words = description(app.env, page, doctree)
    tags = {
        "description": words,
        "og:title": app.env.titles[page].astext(),
        "og:description": words,
        "og:type": "website",
        "og:site_name": app.config.project,
    }
    if base := app.config.html_baseurl:
        tags["og:url"] = f"{base}{page}.html"
        tags["og:image"] = f"{base}_static/card.png"
        tags["og:image:alt"] = "keyview: find the lookups that can never succeed"
        tags["twitter:card"] = "summary_large_image"
        if page == "404":  # It is shown at addresses in any folder.
            context["metatags"] = f'<base href="{escape(base)}">\n' + context.get("metatags", "")
    lines = [
        f'<meta {"property" if name.startswith("og:") else "name"}="{name}" content="{escape(text)}">'
        for name, text in tags.items()
    ]
    context["metatags"] = "\n".join([context.get("metatags", ""), *lines])


class SearchWords(SphinxPostTransform):
    """Has the search find a page by the words that it names, before pages that only use them."""

    default_priority = 10
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Add an entry of an index for each word; it is not shown."""
        words = self.env.metadata[self.env.docname].get("search", "").split(",")
        entries = [("single", word.strip(), "", "main", None) for word in words if word.strip()]
        self.document.insert(0, addnodes.index(entries=entries))


def sections(env: BuildEnvironment) -> Iterator[tuple[str, list[str]]]:
    """The captions of the front page's tables of contents, and all pages below each."""
    for tree in env.get_doctree(env.config.root_doc).findall(addnodes.toctree):
        pages = []
        queue = [page for _, page in tree["entries"]]
        while queue:
            pages.append(page := queue.pop(0))
            queue = [*env.toctree_includes.get(page, []), *queue]
        yield tree["caption"], pages


def write_files(app: Sphinx, error: Exception | None) -> None:
    """Write `llms.txt`, and `sitemap.xml` if the site has an address."""
    if error or app.builder.format != "html":
        return
    env, base = app.env, app.config.html_baseurl
    root = env.config.root_doc
    lines = [f"# {app.config.project}", "", f"> {description(env, root, env.get_doctree(root))}"]
    addresses = [base]
    for caption, pages in sections(env):
        lines += ["", f"## {caption}", ""]
        for page in pages:
            words = description(env, page, env.get_doctree(page))
            lines.append(f"- [{env.titles[page].astext()}]({base}{page}.html): {words}")
            addresses.append(f"{base}{page}.html")
    Path(app.outdir, "llms.txt").write_text("\n".join(lines) + "\n", "utf-8")
    if base:
        Path(app.outdir, "sitemap.xml").write_text(sitemap(addresses), "utf-8")


def sitemap(addresses: list[str]) -> str:
    """The addresses of all pages, as search engines read them."""
    lines = [f"<url><loc>{escape(address)}</loc></url>" for address in addresses]
    start = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns='
    return "\n".join(
        [f'{start}"http://www.sitemaps.org/schemas/sitemap/0.9">', *lines, "</urlset>\n"]
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(SearchWords)
    app.connect("html-page-context", add_head)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True}
