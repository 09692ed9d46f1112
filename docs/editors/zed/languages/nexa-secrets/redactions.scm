; Values are hidden while the screen is shared.
(entry value: (_) @redact)
