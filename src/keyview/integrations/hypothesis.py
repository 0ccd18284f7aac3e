"""hypothesis: `st.from_type` of every collection, entry and view. hypothesis calls `register` by itself."""

from __future__ import annotations

__all__ = ["register"]


def register() -> None:
    """Tell hypothesis how to make them."""
    # Not above, and in this order: while it is being imported, hypothesis calls this function.
    import hypothesis  # noqa: F401

    from keyview.integrations._strategies import register_types

    register_types()
