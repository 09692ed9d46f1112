"""documentLink/resolve."""

from __future__ import annotations

from nexa.ide.features.links import model_page
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:  # noqa: ARG001  # every handler has both
    """The page about a model."""
    data = params.get("data") if isinstance(params, dict) else None
    page = model_page(raw.text(data, "model")) if data is not None else None
    return (
        params if page is None else {**params, "target": page, "tooltip": "Open the provider's page about its models"}
    )
