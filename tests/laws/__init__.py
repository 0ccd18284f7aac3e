"""The laws of maps, entries and views, and a machine that looks for a way to break them."""
