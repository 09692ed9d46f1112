"""Flow graphs as text of several kinds, one file each."""
