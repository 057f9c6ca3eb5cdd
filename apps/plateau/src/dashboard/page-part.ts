import { createHash } from 'node:crypto';
import { escapeHtml } from '@plateau/scorecard';

/** A part of a served page, with a version that tells whether it has changed. */
export interface PagePart {
  readonly id: string;
  readonly version: string;
  readonly html: string;
}

/** Parts with their versions. */
export function pageParts(parts: readonly { readonly id: string; readonly html: string }[]): PagePart[] {
  return parts.map(({ id, html }) => ({
    id,
    html,
    version: createHash('sha256').update(html).digest('hex').slice(0, 16),
  }));
}

/** A page whose parts can be replaced: style and script come from the server, as its content security policy demands. */
export function servedPage(title: string, events: string, parts: readonly PagePart[], above = ''): string {
  const sections = parts.map(
    ({ id, version, html }) => `<section id="${escapeHtml(id)}" data-version="${version}">${html}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body data-events="${escapeHtml(events)}">
<main>
<p class="soft">${above}<span id="state" role="status">connecting</span></p>
${sections.join('\n')}
</main>
<script src="/page.js"></script>
</body>
</html>
`;
}
