"""One file for each error code; and `lookups`, the hooks of what three of the codes are about."""
