"""Model providers: one file per vendor protocol, behind the seam of `base`."""
