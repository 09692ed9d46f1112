"""What an editor asks about Nexa programs: plain functions over an immutable snapshot, in byte offsets.

Owns the features. Refuses to know LSP, and does no I/O, so nothing here can fail.
"""
