"""Questions about types and classes, answered without reporting anything."""
