"""All code that depends on how mypy works inside. No other part of the plugin uses private parts of mypy."""
