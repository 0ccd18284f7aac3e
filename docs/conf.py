"""The documentation site; `nox -s docs` builds it into build/site."""

import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent / "src"), str(HERE.parent)]
os.environ["KEYVIEW_BACKEND"] = "pure"  # Its docstrings are the specification, with the examples.

import keyview  # noqa: E402
from keyview import _about  # noqa: E402

project = "keyview"
author = "The keyview developers"
copyright = author  # noqa: A001
release = version = keyview.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx_copybutton",
    "signatures",
    "spellings",
    "entry_states",
    "about_pages",
    "accessible",
    "api_links",
    "changed_lines",
    "pictures",
    "playground_link",
    "source_links",
]
default_role = "literal"  # A docstring's `code` is of no language.
nitpicky = True
nitpick_ignore_regex = [
    ("py:(class|obj)", r"(.*\.)?[A-Z]\d?(_co|_contra)?"),  # Type variables.
    (
        "py:class",
        r"(collections\.abc|enum|typing|builtins|_typeshed)\..*|Buffer|SupportsIndex|.*\bSupportsKeysAndGetItem",
    ),
    ("py:class", r"(keyview\._pure\..*\.)?(Items|Keys|Map|Values)|SearchStrategy"),
    ("py:class", r"keyview\._pure\.(map\.HashMap|entry\.Entry)|keyview\._protocols\..*"),
]
maximum_signature_line_length = 400  # Counted with the full names of classes, which are not shown.
toc_object_entries_show_parents = "hide"

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4

html_theme = "furo"
pygments_dark_style = "github-dark"
html_title = "keyview"
html_favicon = "_static/mark.svg"
LIGHT = {"color-brand-primary": "#3a48b0", "color-brand-content": "#3a48b0"}
DARK = {"color-brand-primary": "#aab6ff", "color-brand-content": "#aab6ff"}
html_theme_options: dict[str, object] = {
    "light_logo": "mark.svg",
    "dark_logo": "mark.svg",
    "light_css_variables": {**LIGHT, "color-brand-visited": "#6f42a8"},
    "dark_css_variables": {**DARK, "color-brand-visited": "#c9a8f5"},
}
if _about.REPOSITORY:  # The links to the source of a page and to where it can be edited.
    html_theme_options |= {
        f"source_{what}_link": f"{_about.REPOSITORY}/{how}/main/docs/{{filename}}"
        for what, how in (("view", "blob"), ("edit", "edit"))
    }
# Where the site is: whole addresses are made from it. On GitHub it is known from that of the repository.
on_github = re.fullmatch(r"https://github\.com/([\w-]+)/([\w.-]+)", _about.REPOSITORY)
html_baseurl = on_github.expand(r"https://\1.github.io/\2/") if on_github else ""
html_search_scorer = str(HERE / "_ext" / "search.js")
html_static_path = ["_static"]
templates_path = ["_templates"]
html_js_files = ["site.js"]
html_css_files = ["pictures.css", "plots.css", "site.css"]
html_domain_indices = html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
copybutton_exclude = ".linenos, .gp, .go"
