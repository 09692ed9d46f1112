"""Databases and key-value stores: what a program declares with `db` and `kv`, or opens while it runs."""
