/** Markup that stands in a picture. */
export type Drawn = string;

export interface Page {
  readonly title: string;
  readonly caption: string;
  readonly parts: readonly Drawn[];
  /** Of the parts. Pixels. */
  readonly width: number;
  readonly height: number;
}

const margin = 20;
const headHeight = 28;
const captionHeight = 26;

/** Follows the reader's colours, light or dark, and has no background of its own. */
const style = `
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 16px; font-weight: 600; }
.scenario { font-weight: 600; }
.name { text-anchor: end; }
.caption { fill: #59636e; }
.ours { fill: #1a7f5a; }
.other { fill: #9aa4af; }
.spread { stroke: #1f2328; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .caption { fill: #9198a1; }
  .ours { fill: #3fb98a; }
  .other { fill: #656c76; }
  .spread { stroke: #f0f6fc; }
}`;

/** A picture that needs nothing from elsewhere. */
export function svgPage({ title, caption, parts, width, height }: Page): string {
  const [fullWidth, fullHeight] = [width + 2 * margin, height + headHeight + captionHeight + 2 * margin];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${fullWidth} ${fullHeight}" width="${fullWidth}" height="${fullHeight}" role="img">`,
    `<title>${escapeText(title)}</title>`,
    `<style>${style}\n</style>`,
    `<text class="title" x="${margin}" y="${margin + 16}">${escapeText(title)}</text>`,
    `<g transform="translate(${margin} ${margin + headHeight})">`,
    ...parts,
    "</g>",
    `<text class="caption" x="${margin}" y="${fullHeight - margin}">${escapeText(caption)}</text>`,
    "</svg>\n",
  ].join("\n");
}

/** Text that is not markup. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
