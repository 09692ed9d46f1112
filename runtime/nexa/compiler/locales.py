"""Which language a person reads."""

from __future__ import annotations


def is_chinese(locale: object) -> bool:
    """Simplified Chinese, not traditional: `zh`, `zh-cn`, `zh_Hans_SG`."""
    parts = locale.lower().replace("_", "-").split("-") if isinstance(locale, str) else []
    return parts[:1] == ["zh"] and not {"hant", "tw", "hk", "mo"} & set(parts)
