/** The style of every page: light and dark by the reader's settings, black on white on paper. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5d6673; --line: #e3e6ea; --card: #fff; --page: #f5f6f8; --grid: #eceef1; --link: #1d5fa8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ee; --soft: #98a2b0; --line: #333b47; --card: #1b212a; --page: #12161c; --grid: #2a313c; --link: #7ab4f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 60px; }
h1 { font-size: 26px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 18px; margin: 34px 0 10px; }
p { margin: 6px 0; overflow-wrap: anywhere; } .soft { color: var(--soft); } a { color: var(--link); }
.verdict { background: var(--card); border-left: 5px solid #26a269; padding: 12px 16px; margin: 16px 0; border-radius: 4px; overflow-wrap: anywhere; }
.verdict.collapse, .verdict.divergence, .verdict.memorisation, .verdict.blur, .verdict.blank { border-color: #d1483f; }
.verdict.interrupted, .verdict.running { border-color: #c48a00; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr)); gap: 14px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 12px; margin: 0; min-width: 0; }
.card svg, .card img { max-width: 100%; height: auto; display: block; }
.card.best { border: 2px solid #26a269; } .card.low { border: 2px solid #d1483f; }
.card h3, .card figcaption { margin: 0 0 8px; font-size: 14px; font-weight: 600; } img { image-rendering: pixelated; width: 100%; }
svg.marks text { fill: var(--ink); } svg.marks .role-title-subtitle text { fill: var(--soft); }
svg.marks .role-axis-grid line { stroke: var(--grid); }
svg.marks .role-axis-tick line, svg.marks .role-axis-domain line { stroke: var(--soft); opacity: .5; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } thead th { color: var(--soft); font-weight: 600; }
tbody tr:last-child td { border-bottom: 0; }
ol, ul { padding-left: 20px; } code { font-size: 13px; overflow-wrap: anywhere; }
.empty { background: var(--card); border: 1px dashed var(--line); border-radius: 6px; padding: 20px; color: var(--soft); }
.film-bar { display: none; align-items: center; gap: 12px; margin: 8px 0 12px; }
.film-bar input { flex: 1; min-width: 0; accent-color: var(--link); } .film-bar output { min-width: 11ch; font-variant-numeric: tabular-nums; }
.sliding .film-bar { display: flex; } .sliding .frame { display: none; } .sliding .frame.shown { display: block; }
.sliding .cards { grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); align-items: start; }
.frame img + img { margin: 10px auto 0; width: auto; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --card: #fff; --page: #fff; --grid: #ddd; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  .cards { grid-template-columns: repeat(2, 1fr); gap: 8px; } .card, .verdict, tr { break-inside: avoid; }
  h2 { break-after: avoid; margin-top: 18px; }
  .film-bar, .sliding .film-bar, .frame.spare { display: none; } .frame:not(.spare), .sliding .frame:not(.spare) { display: block; }
  .sliding .cards { grid-template-columns: repeat(2, 1fr); }
  .scroll { overflow: visible; } table { font-size: 8pt; } th, td { padding: 2px 4px; white-space: normal; }
}
`;
