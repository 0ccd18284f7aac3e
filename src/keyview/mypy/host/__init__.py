"""mypy as the plugin uses it. Nothing outside of this folder touches what is private to mypy."""
