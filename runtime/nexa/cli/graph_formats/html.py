"""A flow graph as a page of its own: the picture, to be moved and scaled."""

from __future__ import annotations

from html import escape

from nexa.cli.graph_formats.svg import svg
from nexa.compiler.graph import FlowGraph

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ margin: 0; overflow: hidden; background: #fff }}
svg {{ position: absolute; transform-origin: 0 0; cursor: grab }}
</style>
</head>
<body>
{picture}<script>
// Drag to move, turn the wheel to scale.
const picture = document.querySelector("svg");
let x = 0, y = 0, scale = 1;
const show = () => {{ picture.style.transform = `translate(${{x}}px, ${{y}}px) scale(${{scale}})`; }};
addEventListener("pointermove", (event) => {{
    if (event.buttons) {{ x += event.movementX; y += event.movementY; show(); }}
}});
addEventListener("wheel", (event) => {{
    event.preventDefault();
    const factor = event.deltaY < 0 ? 1.1 : 1 / 1.1;
    x = event.clientX - (event.clientX - x) * factor;
    y = event.clientY - (event.clientY - y) * factor;
    scale *= factor;
    show();
}}, {{ passive: false }});
</script>
</body>
</html>
"""


def html(graph: FlowGraph) -> str:
    """The page; it loads nothing."""
    return _PAGE.format(title=escape(f"flow {graph.flow}"), picture=svg(graph))
