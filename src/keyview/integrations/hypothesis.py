"""hypothesis: `st.from_type` for every collection, entry and view. hypothesis calls `register` by itself."""

from __future__ import annotations

__all__ = ["register"]


def register() -> None:
    """Tell hypothesis how to make each type."""
    # Imported here, and in this order: hypothesis calls this function while hypothesis is being imported.
    import hypothesis  # noqa: F401

    from keyview.integrations._strategies import register_types

    register_types()
