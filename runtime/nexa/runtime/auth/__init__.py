"""Sign-in: providers, sessions in signed cookies, tokens and keys."""
