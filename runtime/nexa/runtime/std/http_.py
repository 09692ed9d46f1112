"""`std.http`: small requests. Secrets among headers and data are sent as what they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nexa.runtime.duration import seconds
from nexa.runtime.errors import ToolError
from nexa.runtime.run import current_or_none
from nexa.runtime.text import plain, text
from nexa.runtime.values import Secret

MAX_BYTES = 50_000_000
"""More than this of a body is refused."""
_TOLD = 200


async def http_get(url: str, headers: Mapping[str, Any] | None = None, timeout: Any = 30) -> str:
    """The body of a page. `timeout` is in seconds."""
    return await _request("GET", url, headers, timeout)


async def http_post(
    url: str,
    data: Any,
    headers: Mapping[str, Any] | None = None,
    content_type: str = "application/json",
    timeout: Any = 30,
) -> str:
    """Sends data, as JSON unless it is a text; the body of the answer."""
    return await _request("POST", url, headers, timeout, data, content_type)


async def http_put(
    url: str,
    data: Any,
    headers: Mapping[str, Any] | None = None,
    content_type: str = "application/json",
    timeout: Any = 30,
) -> str:
    """Stores data, as JSON unless it is a text; the body of the answer."""
    return await _request("PUT", url, headers, timeout, data, content_type)


async def http_delete(url: str, headers: Mapping[str, Any] | None = None, timeout: Any = 30) -> str:
    """Deletes; the body of the answer."""
    return await _request("DELETE", url, headers, timeout)


async def _request(
    method: str,
    url: str,
    headers: Mapping[str, Any] | None,
    timeout: Any,
    data: Any = None,
    content_type: str = "",
) -> str:
    run = current_or_none()
    if run is not None and run.settings.offline:
        raise ToolError(f"{method} {url}: this run is offline (mock)", kind="offline")
    import aiohttp

    sent = {name: _revealed(value) for name, value in (headers or {}).items()}
    if content_type:
        sent.setdefault("Content-Type", content_type)
    limit = aiohttp.ClientTimeout(total=seconds(timeout))
    try:
        async with (
            aiohttp.ClientSession(timeout=limit) as session,
            session.request(method, _revealed(url), headers=sent, data=_body(data)) as answer,
        ):
            return await _read(f"{method} {text(url)}", answer)
    except TimeoutError as error:
        raise ToolError(f"{method} {text(url)} took longer than {seconds(timeout):g} s", kind="timeout") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise ToolError(f"{method} {text(url)}: {reason}", cause=error) from error


async def _read(what: str, answer: Any) -> str:
    body = bytearray()
    async for chunk in answer.content.iter_chunked(65536):
        body += chunk
        if len(body) > MAX_BYTES:
            raise ToolError(f"{what}: the answer has more than {MAX_BYTES} bytes")
    try:
        content = body.decode(answer.charset or "utf-8", errors="replace")
    except LookupError:
        content = body.decode(errors="replace")
    if answer.status >= 400:
        raise ToolError(f"{what}: status {answer.status}: {content[:_TOLD].strip()}")
    return content


def _revealed(value: Any) -> str:
    return value.reveal() if isinstance(value, Secret) else text(value)


def _body(data: Any) -> bytes | None:
    if data is None:
        return None
    if isinstance(data, str | Secret):
        return _revealed(data).encode()
    return json.dumps(plain(_with_secrets(data)), ensure_ascii=False).encode()


def _with_secrets(data: Any) -> Any:
    if isinstance(data, Secret):
        return data.reveal()
    if isinstance(data, dict):
        return {key: _with_secrets(value) for key, value in data.items()}
    return [_with_secrets(value) for value in data] if isinstance(data, list | tuple) else data


FUNCTIONS = {each.__name__: each for each in (http_get, http_post, http_put, http_delete)}
