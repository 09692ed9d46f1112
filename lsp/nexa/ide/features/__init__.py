"""One feature, one file. Each takes a snapshot or a file of it, and returns plain data in UTF-8 byte offsets."""
