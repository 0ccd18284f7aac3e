"""What the plugin notes of a class while mypy analyses it, and mypy itself forgets.

Notes are in the metadata of the class, which mypy caches and sends to its workers.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import MDEF, SymbolTableNode, TypeInfo, Var
from mypy.server.trigger import make_trigger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy.plugin import SemanticAnalyzerPluginInterface

__all__ = ["METADATA", "has_notes", "note", "noted"]

#: The name of the plugin's own part of the metadata.
METADATA: Final = "keyview"
#: The beginning of a member's name, which no program can write, and private, so that two bases agree.
MARKER: Final = "__keyview"


def note(
    info: TypeInfo,
    topic: str,
    facts: Mapping[str, Any] | None,
    api: SemanticAnalyzerPluginInterface,
) -> None:
    """Keep what is known of a class under a topic; None is that nothing is."""
    info.metadata.setdefault(METADATA, {}).pop(topic, None)
    if facts is not None:
        info.metadata[METADATA][topic] = dict(facts)
    if api.options.fine_grained_incremental or api.options.cache_fine_grained:
        _mark(info, topic, facts, api)


def has_notes(info: TypeInfo) -> bool:
    """Whether something was noted of this very class, such as by an earlier run of the daemon."""
    return METADATA in info.metadata


def noted(info: TypeInfo, topic: str) -> dict[str, Any] | None:
    """What was noted of this very class."""
    found: dict[str, Any] | None = info.metadata.get(METADATA, {}).get(topic)
    return found


def _mark(
    info: TypeInfo,
    topic: str,
    facts: Mapping[str, Any] | None,
    api: SemanticAnalyzerPluginInterface,
) -> None:
    """Make the daemon, which compares symbols but not metadata, see it when the facts change.

    The members of a protocol are what it asks of others, so it gets no marker.
    """
    beginning = f"{MARKER}-{topic}-"
    for name in [name for name in info.names if name.startswith(beginning)]:
        del info.names[name]
    if facts is None or info.is_protocol:
        return
    digest = sha256(repr(sorted(facts.items())).encode()).hexdigest()
    marker = Var(beginning + digest[:16])
    marker.info = info
    info.names[marker.name] = SymbolTableNode(MDEF, marker, plugin_generated=True)
    api.add_plugin_dependency(
        make_trigger(f"{info.fullname}.{marker.name}"), make_trigger(info.fullname)
    )
