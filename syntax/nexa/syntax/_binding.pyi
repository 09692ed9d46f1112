def language() -> object:
    """The grammar of `.nx` and `.nxlib` files, as the capsule that `tree_sitter.Language` takes."""

def secrets_language() -> object:
    """The grammar of `.nxs` files."""
