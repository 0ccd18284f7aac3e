"""Measurements of the plugin that the documentation publishes: `python -m tools.<name>`."""
