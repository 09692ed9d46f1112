"""Servers of programs: routes to agents and flows, answered over HTTP. `aiohttp` is imported when one listens."""
