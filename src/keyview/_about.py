"""Where this project is published: the one setting, and the addresses that are made of it.

There is no address yet. Once there is one, the notes of the plugin name the pages there, the metadata of the
package has links, and the site leads to its sources and to where they can be edited.
"""

from __future__ import annotations

from typing import Final

__all__ = ["REPOSITORY", "address_of", "urls"]

#: The address of the repository, such as `https://host/owner/keyview`; empty until there is one.
REPOSITORY: Final = ""


def address_of(file: str) -> str:
    """Where a file of the repository can be read; empty while nothing is published."""
    return f"{REPOSITORY}/blob/main/{file}" if REPOSITORY else ""


def urls() -> dict[str, str]:
    """The links of the package's metadata, by their labels."""
    if not REPOSITORY:
        return {}
    return {
        "Source": REPOSITORY,
        "Documentation": address_of("docs/index.md"),
        "Changelog": address_of("CHANGELOG.md"),
        "Issues": f"{REPOSITORY}/issues",
    }
