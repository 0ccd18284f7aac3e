"""The documentation site; `nox -s docs` builds it into build/site."""

import os
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
    "api_links",
    "playground_link",
]
default_role = "literal"  # A docstring's `code` is of no language.
nitpicky = True
nitpick_ignore_regex = [
    ("py:class", r"(.*\.)?[A-Z]\d?(_co|_contra)?"),  # Type variables.
    (
        "py:class",
        r"(collections\.abc|typing|builtins|_typeshed)\..*|Buffer|SupportsIndex|.*\bSupportsKeysAndGetItem",
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
# The links to the source of a page and to where it can be edited; none while nothing is published.
html_theme_options = (
    {
        f"source_{what}_link": f"{_about.REPOSITORY}/{how}/main/docs/{{filename}}"
        for what, how in (("view", "blob"), ("edit", "edit"))
    }
    if _about.REPOSITORY
    else {}
)
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_domain_indices = html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
copybutton_exclude = ".linenos, .gp, .go"
