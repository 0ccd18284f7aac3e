"""The address at which this project is published: one setting, from which all links are made.

There is no address yet. When there is one, the plugin's notes name its pages, the metadata of the
package has links, and the documentation links to its source files.
"""

from __future__ import annotations

from typing import Final

__all__ = ["REPOSITORY", "address_of", "urls"]

#: The address of the repository, such as `https://host/owner/keyview`; empty until there is one.
REPOSITORY: Final = ""


def address_of(file: str) -> str:
    """The address of a file of the repository; empty while there is none."""
    return f"{REPOSITORY}/blob/main/{file}" if REPOSITORY else ""


def urls() -> dict[str, str]:
    """The links in the package's metadata, by label."""
    if not REPOSITORY:
        return {}
    return {
        "Source": REPOSITORY,
        "Documentation": address_of("docs/index.md"),
        "Changelog": address_of("CHANGELOG.md"),
        "Issues": f"{REPOSITORY}/issues",
    }
