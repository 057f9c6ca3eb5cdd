import { pageStyle } from './page-style.js';
import type { Picture } from './run-record.js';

/** Escapes text for HTML content and attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A picture as an `img` element: one that carries its own data, or one that is loaded when it comes into view. */
export function pictureElement(picture: Picture, alt: string): string {
  const source =
    typeof picture === 'string'
      ? `loading="lazy" src="${escapeHtml(picture)}"`
      : `src="data:image/png;base64,${Buffer.from(picture).toString('base64')}"`;
  return `<img alt="${escapeHtml(alt)}" ${source}>`;
}

/** A table of text cells; every column but the first is aligned as numbers. */
export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string) =>
    row.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('');
  return `<div class="scroll"><table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells(row, 'td')}</tr>`)
    .join('')}</tbody></table></div>`;
}

/** What a page has beside its body. */
export interface PageOptions {
  /** Runs when the page is there. */
  readonly script?: string;
}

/** A whole HTML page that needs no other file. */
export function htmlPage(title: string, body: string, { script }: PageOptions = {}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
${body}
</main>
${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`;
}
