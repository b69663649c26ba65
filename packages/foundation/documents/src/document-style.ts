/**
 * The style sheet of a document's page. It stands in the page itself, which loads nothing; its hash is what the page's
 * policy allows, so that no other style can run. Colours are AA on white (WCAG 2.2 §1.4.3).
 */
import { createHash } from "node:crypto";

export const documentStyle = `
:root { color-scheme: light; --ink: #1d1b26; --soft: #5c5868; --rule: #dcd8cf; --accent: #4a3aa7; --wash: #f3f1fb; }
* { box-sizing: border-box; }
html { font: 100%/1.55 "DejaVu Sans Condensed", "DejaVu Sans", system-ui, "Segoe UI", Roboto, sans-serif; color: var(--ink); background: #fff; }
body { margin: 0; overflow-wrap: break-word; font-variant-numeric: tabular-nums; }
main { max-width: 62rem; margin-inline: auto; padding: clamp(1.5rem, 5vw, 4rem) clamp(1.25rem, 5vw, 3rem) 5rem; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 0.5rem; font-size: 1.875rem; letter-spacing: -0.015em; }
h2 { margin: 3.25rem 0 1rem; padding-top: 1rem; border-top: 2px solid var(--accent); font-size: 1.375rem; }
h3 { margin: 2.25rem 0 0.75rem; font-size: 1.0625rem; }
h4 { margin: 1.75rem 0 0.5rem; font-size: 1rem; color: var(--soft); }
.subtitle { margin: 0 0 2rem; font-size: 1.125rem; color: var(--soft); }
p, ul { max-width: 46rem; }
ul { padding-inline-start: 1.25rem; }
li + li { margin-top: 0.25rem; }
.note { max-width: 46rem; margin: 1.25rem 0; padding: 0.75rem 1rem; background: var(--wash); border-inline-start: 3px solid var(--accent); }
.note p { margin: 0; }
nav ul { columns: 2; column-gap: 2rem; margin: 2rem 0 0; padding: 1rem 1.25rem; list-style: none; background: var(--wash); border-radius: 0.375rem; }
nav li { break-inside: avoid; }
a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
details { margin: 1rem 0; padding: 0.625rem 0; border-top: 1px solid var(--rule); }
summary { cursor: pointer; font-weight: 700; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
dl { margin: 1rem 0; }
dl > div { display: grid; grid-template-columns: minmax(8rem, 16rem) 1fr; gap: 0 1.5rem; padding: 0.5rem 0; border-top: 1px solid var(--rule); }
dl > div:last-child { border-bottom: 1px solid var(--rule); }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; }
.scroll { margin: 1.25rem 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
caption { padding-bottom: 0.5rem; text-align: start; font-size: 0.875rem; color: var(--soft); }
th, td { padding: 0.5625rem 0.75rem; border-top: 1px solid var(--rule); text-align: start; vertical-align: top; }
th:first-child, td:first-child { padding-inline-start: 0; }
th:last-child, td:last-child { padding-inline-end: 0; }
thead th { border-top: 0; border-bottom: 1.5px solid var(--ink); font-size: 0.8125rem; color: var(--soft); vertical-align: bottom; }
tbody th { font-weight: 400; }
tbody tr:last-child > * { border-bottom: 1px solid var(--rule); }
.cards td:last-child { overflow-wrap: anywhere; min-width: 12rem; }
.cards caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.end { text-align: end; white-space: nowrap; }
.line { display: block; }
.clause { display: inline-block; padding: 0 0.375rem; border-radius: 0.25rem; background: var(--wash); color: var(--accent); font-size: 0.8125rem; font-weight: 400; white-space: nowrap; letter-spacing: 0; }
.unknown { font-style: italic; color: #8a4b00; }
.soft { color: var(--soft); }
@media (max-width: 40rem) {
  nav ul { columns: 1; }
  dl > div { grid-template-columns: 1fr; }
}
@media screen and (max-width: 40rem) {
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards tr { display: block; padding: 0.625rem 0; border-top: 1px solid var(--rule); }
  .cards :is(th, td) { display: grid; grid-template-columns: 7rem 1fr; gap: 0 1rem; padding: 0.125rem 0; border: 0 !important; text-align: start; white-space: normal; }
  .cards :is(th, td)::before { content: attr(data-title); color: var(--soft); font-size: 0.8125rem; }
  .cards :is(th, td):empty { display: none; }
  .cards :is(th, td) > * { grid-column: 2; justify-self: start; }
}
@page { margin: 18mm 16mm; }
@media print {
  nav { display: none; }
  details::details-content { content-visibility: visible; }
  main { max-width: none; padding: 0; }
  h2, h3, h4 { break-after: avoid; }
  tr { break-inside: avoid; }
  .starts-page { break-before: page; }
}
`;

const hash = createHash("sha256").update(documentStyle).digest("base64");

/** The Content-Security-Policy (CSP 3) under which such a page is served, and which it also bears itself. */
export const documentPolicy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
