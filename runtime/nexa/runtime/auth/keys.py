"""The key that signs, and the keys of agents: kept in the state folder, readable by its owner only."""

from __future__ import annotations

import hmac
import json
import os
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Any

from nexa.runtime.errors import AuthError
from nexa.runtime.run import Run
from nexa.runtime.text import text
from nexa.runtime.values import Secret

KEY_FILE, API_KEYS = "auth.key", "api_keys.jsonl"
SECRET = "JWT_SECRET"  # the name of a secret
SHORTEST = 16
"""Characters of a key below which it could be guessed."""


def signing_key(run: Run, given: Any = None) -> bytes:
    """The key: `jwt_secret`, else the secret `JWT_SECRET`, else one of the project's own, made when first asked for.

    Raises `AuthError` for a key that is too short.
    """
    written = given if given is not None else run.configuration.secrets.text(SECRET)
    if written is None:
        return _own_key(run)
    revealed = written.reveal() if isinstance(written, Secret) else text(written)
    if len(revealed) < SHORTEST:
        raise AuthError(f"the key that signs has fewer than {SHORTEST} characters")
    run.redact.add(revealed)
    return revealed.encode()


def _own_key(run: Run) -> bytes:
    known: dict[str, Any] = run.registries.setdefault("auth.keys", {})
    if "own" not in known:
        known["own"] = _kept_key(run.settings.state_dir) if run.settings.is_lasting else secrets.token_bytes(32)
    own: bytes = known["own"]
    return own


def _kept_key(folder: Path) -> bytes:
    path = folder / KEY_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123  # no other way to say the mode
                file.write(secrets.token_bytes(32))
        except FileExistsError:
            pass
        return path.read_bytes()
    except OSError as error:
        raise AuthError(f"the key that signs cannot be kept in {path}: {error.strerror}") from None


def new_api_key(run: Run, agent: str) -> str:
    """A key for an agent. Only what it hashes to is kept."""
    key = f"nexa-ak-{secrets.token_hex(16)}"
    digest = _hash(key)
    row = {"hash": digest, "agent": agent, "created": run.clock.now()}
    _fresh_keys(run)[digest] = row
    if run.settings.is_lasting:
        path = run.settings.state_dir / API_KEYS
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:  # noqa: PTH123  # as above
            file.write(json.dumps(row) + "\n")
    return key


def api_key_owner(run: Run, key: str) -> str | None:
    """The agent that a key was made for; None for a key that is not known."""
    wanted = _hash(key)
    rows = {**_kept_keys(run), **_fresh_keys(run)}
    found = next((row for digest, row in rows.items() if hmac.compare_digest(digest, wanted)), None)
    return None if found is None else str(found["agent"])


def _fresh_keys(run: Run) -> dict[str, Any]:
    return run.registries.setdefault("auth.api_keys", {})


def _kept_keys(run: Run) -> dict[str, Any]:
    if not run.settings.is_lasting:
        return {}
    try:
        lines = (run.settings.state_dir / API_KEYS).read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line]
        return {row["hash"]: row for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _hash(key: str) -> str:
    return sha256(key.encode(errors="replace")).hexdigest()
