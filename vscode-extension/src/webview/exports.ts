/** The drawing as a file that stands alone: the theme's colours are written into it. */

const PROPERTIES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "font-family",
  "font-size",
  "font-weight",
];

export function asSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const originals = svg.querySelectorAll<SVGElement>("rect, path, text");
  for (const [index, one] of copy.querySelectorAll<SVGElement>("rect, path, text").entries()) {
    const original = originals[index];
    if (original) {
      const style = getComputedStyle(original);
      for (const name of PROPERTIES) {
        one.setAttribute(name, style.getPropertyValue(name));
      }
      one.setAttribute("text-anchor", style.getPropertyValue("text-anchor"));
    }
  }
  for (const one of copy.querySelectorAll("[tabindex]")) {
    one.removeAttribute("tabindex");
  }
  const ground = copy.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** Base64 of a PNG at twice the size. */
export async function asPng(svg: SVGSVGElement): Promise<string> {
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asSvg(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").split(",")[1] ?? "";
}
