"""One file a library. A file is imported only if its library is installed; keyview needs none of them.

Some libraries find their file by an entry point or through `keyview._hooks`; the other files are imported by
users. `docs/ecosystem/index.md` says which.
"""
