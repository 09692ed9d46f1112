"""What every vendor over HTTP has in common: one connection pool, sorted failures, server-sent events.

Owns aiohttp, which is imported at the first request. Credentials go out in headers and come back nowhere: messages of
errors never repeat a request, and what a server says about refused credentials is not repeated either.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from nexa.runtime.errors import AgentTimeoutError, AuthError, ModelError, NexaError, RateLimitError

if TYPE_CHECKING:
    import aiohttp

LONGEST_BODY = 16 * 1024 * 1024
"""Bytes of one reply; what is longer is a failure, not a reply."""

LONGEST_ERROR = 8 * 1024
"""Bytes read of a body that comes with an error status."""

CONNECT_SECONDS = 10.0


class Endpoint:
    """One vendor's address with its credentials; keeps connections between requests."""

    def __init__(self, name: str, base_url: str, headers: Mapping[str, str], secret: str = "") -> None:
        self.name = name
        self.base_url = base_url.rstrip("/")
        self._headers = dict(headers)
        self._secret = secret
        self._session: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        return f"Endpoint({self.name!r})"

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Send `body` as JSON and read a JSON object back. Raises as `Provider.complete` does."""
        import msgspec

        async with self._open(path, body) as response:
            data = await self._read(response, LONGEST_BODY)
            self._expect(response, "json")
        try:
            answer = msgspec.json.decode(data)
        except msgspec.DecodeError:
            raise self._broken("sent JSON that cannot be read") from None
        if not isinstance(answer, dict):
            raise self._broken("sent JSON that is not an object")
        return answer

    async def stream(self, path: str, body: Mapping[str, Any]) -> AsyncGenerator[Any, None]:
        """Send `body` as JSON and yield the JSON object of each server-sent event until the stream ends.

        The closing event `[DONE]` of some vendors is yielded as `None`.
        """
        import msgspec

        async with self._open(path, body) as response:
            self._expect(response, "event-stream")
            async for data in self._events(response):
                if data == b"[DONE]":
                    yield None
                    continue
                try:
                    yield msgspec.json.decode(data)
                except msgspec.DecodeError:
                    raise self._broken("streamed JSON that cannot be read") from None

    async def close(self) -> None:
        """Close the pool."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    def failure(self, message: str, *, retryable: bool) -> ModelError:
        """A failure of this endpoint, named after it."""
        return ModelError(f"{self.name} {self._clean(message)}", retryable=retryable)

    def _broken(self, what: str) -> ModelError:
        return self.failure(what, retryable=True)

    @asynccontextmanager
    async def _open(self, path: str, body: Mapping[str, Any]) -> AsyncIterator[aiohttp.ClientResponse]:
        import aiohttp
        import msgspec

        try:
            session = self._connected()
            async with session.post(
                self.base_url + path,
                data=msgspec.json.encode(body),
                headers={**self._headers, "content-type": "application/json"},
                allow_redirects=False,  # a redirect would carry the credentials to another host
            ) as response:
                if response.status != 200:
                    raise await self._refusal(response)
                yield response
        except aiohttp.ConnectionTimeoutError:
            raise AgentTimeoutError(f"{self.name} cannot be reached within {CONNECT_SECONDS:g} s") from None
        except aiohttp.InvalidURL:
            raise ModelError(f"the base URL of {self.name} is not a URL") from None
        except aiohttp.ClientConnectorError as error:
            reason = error.os_error.strerror or type(error.os_error).__name__
            raise self._broken(f"cannot be reached at {error.host}:{error.port}: {reason}") from None
        except aiohttp.ClientError as error:
            raise self._broken(f"broke the connection off ({type(error).__name__})") from None

    def _connected(self) -> aiohttp.ClientSession:
        import aiohttp

        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                # The time of an attempt is bounded by the caller, who alone knows the agent's `timeout`.
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
                connector=aiohttp.TCPConnector(limit=0),  # `max_parallel` is the bound
                trust_env=True,
            )
        return self._session

    async def _read(self, response: aiohttp.ClientResponse, limit: int) -> bytes:
        data = bytearray()
        async for chunk in response.content.iter_any():
            data += chunk
            if len(data) > limit:
                raise self.failure(f"sent more than {limit // 1024} KiB", retryable=False)
        return bytes(data)

    async def _events(self, response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
        """The data of each event. Lines may end in LF or CR LF; comments and other fields are skipped."""
        rest = b""
        lines: list[bytes] = []
        total = 0
        async for chunk in response.content.iter_any():
            total += len(chunk)
            if total > LONGEST_BODY:
                raise self.failure(f"streamed more than {LONGEST_BODY // 1024} KiB", retryable=False)
            *complete, rest = (rest + chunk).split(b"\n")
            for line in (part.removesuffix(b"\r") for part in complete):
                if line.startswith(b"data:"):
                    lines.append(line[5:].removeprefix(b" "))
                elif not line and lines:
                    yield b"\n".join(lines)
                    lines.clear()
        if rest.startswith(b"data:"):
            lines.append(rest[5:].strip())
        if lines:
            yield b"\n".join(lines)

    def _expect(self, response: aiohttp.ClientResponse, word: str) -> None:
        if word not in response.content_type:
            raise self._broken(f"answered with {response.content_type} where {word} was asked for")

    async def _refusal(self, response: aiohttp.ClientResponse) -> NexaError:
        status = response.status
        if status in (401, 403):
            return AuthError(f"{self.name} refuses the credentials (HTTP {status})")
        try:
            said = _reason(await self._read(response, LONGEST_ERROR))
        except ModelError:
            said = ""
        text = self._clean(f"{self.name} answers HTTP {status}" + (f": {said}" if said else ""))
        if status == 429:
            return RateLimitError(text, retry_after=_retry_after(response.headers))
        if status in (408, 504):
            return AgentTimeoutError(text)
        return ModelError(text, retryable=status >= 500)

    def _clean(self, text: str) -> str:
        return text.replace(self._secret, "***") if self._secret else text


def _reason(body: bytes) -> str:
    """What an error body says, in at most 300 characters; `""` if it says nothing readable."""
    import msgspec

    try:
        data = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return ""
    error = data.get("error", data) if isinstance(data, dict) else ""
    if isinstance(error, dict):
        error = error.get("message", "")
    return " ".join(error.split())[:300] if isinstance(error, str) else ""


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks for, from `Retry-After` (seconds or a date) or `retry-after-ms`."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("Retry-After")
        if value is None:
            return None
        if value.strip().replace(".", "", 1).isdigit():
            return float(value)
        now = parsedate_to_datetime(headers["Date"]) if "Date" in headers else datetime.now(UTC)
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return None
