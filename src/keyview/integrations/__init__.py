"""One file a library. Each is imported only where its library is there, and keyview needs none of them.

Some are found by the library itself, by an entry point or through `keyview._hooks`; the others are imported
by whoever uses both. `docs/ecosystem/index.md` says which.
"""
