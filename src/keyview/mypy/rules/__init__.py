"""A file for each error code, and `lookups`, whose hooks find the lookups that three of the codes are for."""
