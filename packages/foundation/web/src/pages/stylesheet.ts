/**
 * The one style sheet. Quiet: one accent (the violet ink of school pens), ruled lines, system fonts, figures of one
 * width. Colours are AA (WCAG 2.2 §1.4.3) on their grounds in both schemes. No script, no font, no image is fetched.
 */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7;
  --sheet: #ffffff;
  --ink: #1d1b26;
  --soft: #5c5868;
  --rule: #e4e0d8;
  --rule-strong: #8d8896;
  --accent: #4a3aa7;
  --accent-strong: #372a85;
  --accent-wash: #efedfa;
  --on-accent: #ffffff;
  --ok: #1d6b3a;
  --ok-wash: #e8f4ec;
  --warn: #8a4b00;
  --warn-wash: #fdf1df;
  --danger: #b3202e;
  --danger-wash: #fcebec;
  --wait: #1f5a8a;
  --wait-wash: #e8f1f9;
  --radius: 0.625rem;
}
[data-accent="slate"] {
  --accent: #1c6658;
  --accent-strong: #124a40;
  --accent-wash: #e6f2ef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15141b;
    --sheet: #1d1c25;
    --ink: #ebe9f2;
    --soft: #aaa5b8;
    --rule: #322f3d;
    --rule-strong: #817c90;
    --accent: #b9aeff;
    --accent-strong: #d3cbff;
    --accent-wash: #2a2644;
    --on-accent: #1b1633;
    --ok: #7fd49d;
    --ok-wash: #1a2e22;
    --warn: #f0b868;
    --warn-wash: #332716;
    --danger: #ff9aa2;
    --danger-wash: #3a1d22;
    --wait: #8fc4f2;
    --wait-wash: #1a2a39;
  }
  [data-accent="slate"] {
    --accent: #7fd6c3;
    --accent-strong: #a6e6d8;
    --accent-wash: #19322d;
    --on-accent: #0b241e;
  }
}

*, *::before, *::after { box-sizing: border-box; }
html {
  font: 100%/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  background: var(--paper);
  color: var(--ink);
  font-variant-numeric: tabular-nums;
  overflow-wrap: break-word;
}
.wide { width: 100%; max-width: 66rem; margin-inline: auto; padding-inline: clamp(1.25rem, 4vw, 2.5rem); }
main { flex: 1; padding-block: clamp(2rem, 5vw, 3.75rem) 4.5rem; }
main:focus { outline: none; }
main > * { margin-block: 0 1.5rem; }
main > p + p { margin-block-start: -0.5rem; }
main > p, main > ul, main > ol { max-width: 42rem; }

h1, h2, h3 { line-height: 1.2; text-wrap: balance; font-weight: 640; letter-spacing: -0.012em; }
h1 { font-size: clamp(1.75rem, 1.35rem + 1.7vw, 2.5rem); letter-spacing: -0.025em; max-width: 46rem; }
main > h1 { margin-block-end: 1rem; }
h2 { font-size: 1.3125rem; }
main > h2 { margin-block: 2.75rem 1rem; }
h3 { font-size: 1.0625rem; }
main > h3 { margin-block: 2rem 0.625rem; }
p { text-wrap: pretty; }
.lead { font-size: 1.1875rem; line-height: 1.55; color: var(--soft); }
main > .lead { margin-block-end: 2.25rem; }
.over { font-size: 0.875rem; font-weight: 600; letter-spacing: 0.02em; color: var(--accent); }
main > .over { margin-block-end: 0.5rem; }
small, .hint { font-size: 0.875rem; color: var(--soft); }
hr { border: 0; border-top: 1px solid var(--rule); margin-block: 2.5rem; }
li + li { margin-block-start: 0.375rem; }
code, pre, .code, .clause { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "Liberation Mono", monospace; }
code { font-size: 0.875em; overflow-wrap: anywhere; }
pre {
  padding: 1rem 1.25rem;
  overflow-x: auto;
  background: var(--sheet);
  border: 1px solid var(--rule);
  border-radius: var(--radius);
  font-size: 0.8125rem;
}

a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
a:hover { color: var(--accent-strong); text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; border: 0;
}
.skip {
  position: absolute; inset-block-start: 0.5rem; inset-inline-start: 0.5rem; z-index: 2;
  padding: 0.625rem 1rem; background: var(--accent); color: var(--on-accent); border-radius: var(--radius);
  transform: translateY(-200%);
}
.skip:focus { transform: none; color: var(--on-accent); }

header.site { background: var(--sheet); border-block-end: 1px solid var(--rule); }
header.site .wide {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.75rem; padding-block: 0.375rem 0.625rem;
}
.brand {
  display: inline-flex; align-items: center; gap: 0.625rem; padding-block: 0.75rem;
  font-size: 1.1875rem; font-weight: 680; letter-spacing: -0.02em; color: var(--ink); text-decoration: none;
}
.brand:hover { color: var(--accent); }
.brand circle { fill: var(--accent); stroke: none; }
.brand svg {
  width: 1.75rem; height: 1.75rem; flex: none; fill: none; stroke: var(--accent);
  stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round;
}
.menu { flex-basis: 100%; margin-inline: -0.5rem; }
.menu ul { display: flex; flex-wrap: wrap; gap: 0; margin: 0; padding: 0; list-style: none; }
.menu li { margin: 0; }
.menu a {
  display: block; padding: 0.375rem 0.5rem; border-radius: 0.5rem;
  color: var(--soft); font-size: 0.9375rem; font-weight: 500; text-decoration: none;
}
.menu a:hover { background: var(--accent-wash); color: var(--accent-strong); }
.menu a[aria-current] { color: var(--accent-strong); background: var(--accent-wash); }
.reader { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; margin-inline-start: auto; font-size: 0.875rem; }
form.inline { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; margin: 0; }
.who { color: var(--soft); }
button.quiet, a.quiet {
  padding: 0.375rem 0.75rem; border: 1px solid var(--rule-strong); border-radius: 0.5rem; background: none;
  color: var(--ink); font: inherit; font-weight: 550; text-decoration: none; cursor: pointer;
}
button.quiet:hover, a.quiet:hover { border-color: var(--accent); color: var(--accent); }
.languages { display: flex; gap: 0.125rem; }
.languages a {
  padding: 0.375rem 0.5rem; border-radius: 0.375rem; color: var(--soft); font-weight: 550;
  font-size: 0.8125rem; letter-spacing: 0.02em; text-decoration: none;
}
.languages a:hover { color: var(--accent); background: var(--accent-wash); }
.languages a[aria-current] { color: var(--ink); text-decoration: underline; text-decoration-thickness: 2px; text-decoration-color: var(--accent); }

footer.site { border-block-start: 1px solid var(--rule); color: var(--soft); font-size: 0.875rem; }
footer.site .wide { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.25rem 2rem; padding-block: 1.5rem; }
footer.site p { margin: 0; }

.card, dl {
  background: var(--sheet); border: 1px solid var(--rule); border-radius: var(--radius);
}
.card { padding: 1.5rem; }
.card > :first-child { margin-block-start: 0; }
.card > :last-child { margin-block-end: 0; }
.cards > .card:has(> .button:last-child) { display: flex; flex-direction: column; align-items: start; }
.cards > .card:has(> .button:last-child) > :is(h2, h3) { margin-block-end: 0; }
.cards > .card > .button:last-child { margin-block-start: auto; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1.25rem; }
dl { margin-block-start: 0; }
dl.narrow { max-width: 46rem; }
dl > div { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; gap: 0.125rem 1.5rem; padding: 0.8125rem 1.25rem; }
dl > div + div { border-block-start: 1px solid var(--rule); }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; }

.scroll { position: relative; overflow-x: auto; background: var(--sheet); border: 1px solid var(--rule); border-radius: var(--radius); }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
caption { padding: 1rem 1.25rem 0.625rem; text-align: start; font-weight: 620; }
th, td { padding: 0.6875rem 1.25rem; text-align: start; vertical-align: baseline; border-block-start: 1px solid var(--rule); }
thead th { padding-block: 0.5rem; border: 0; color: var(--soft); font-size: 0.8125rem; font-weight: 550; white-space: nowrap; }
tbody th { font-weight: 550; }
tbody code { overflow-wrap: normal; white-space: nowrap; font-weight: 400; }
tbody tr:hover { background: var(--paper); }
.numeric { text-align: end; white-space: nowrap; }
td.empty { color: var(--soft); text-align: center; padding-block: 1.75rem; }

.soft, .below { color: var(--soft); }
.below { display: block; font-weight: 400; line-height: 1.45; margin-block-start: 0.125rem; }
strong.below { color: var(--danger); font-weight: 600; }
.matrix thead th { white-space: normal; vertical-align: bottom; }
.matrix :is(th, td) { padding-inline: 1rem; }
td.says { width: 46%; }
a.row { color: var(--ink); font-weight: 550; text-decoration: none; }
a.row:hover, a.clause:hover { color: var(--accent-strong); text-decoration: underline; }
a.clause { text-decoration: none; color: var(--accent); }
tr.group th { padding-block: 1.375rem 0.5rem; font-weight: 640; background: var(--paper); }
tr:target > * { background: var(--accent-wash); }
.text { max-width: 44rem; padding-inline-start: 1.25rem; border-inline-start: 3px solid var(--rule); }
.text > :first-child { margin-block-start: 0; }
.text > :last-child { margin-block-end: 0; }
mark { background: var(--warn-wash); color: inherit; box-shadow: inset 0 -2px var(--warn); }
.thread { max-width: 46rem; padding: 1.125rem 1.5rem; }
.thread > *, .thread > article > * { margin-block: 0 0.75rem; }
.thread > article + article { margin-block-start: 1.25rem; }
.choices { grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.375rem 1rem; }
.choices legend { grid-column: 1 / -1; }
.choice { display: flex; gap: 0.5rem; align-items: baseline; }
.choice input { flex: none; position: relative; inset-block-start: 0.125rem; }
details { max-width: 46rem; }
summary { cursor: pointer; color: var(--accent); font-weight: 550; }
details[open] > summary { margin-block-end: 0.75rem; }
ul.plain { margin: 0; padding: 0; list-style: none; }
.card dl { background: none; border: 0; }
.card dl > div { padding-inline: 0; }

.notice {
  --tone: var(--wait); --wash: var(--wait-wash);
  position: relative; max-width: 46rem; padding: 0.9375rem 1.25rem 0.9375rem 3.25rem;
  border: 1px solid var(--edge); border-radius: var(--radius); background: var(--wash);
  --edge: color-mix(in srgb, var(--tone) 28%, transparent);
}
.notice.ok { --tone: var(--ok); --wash: var(--ok-wash); }
.notice.warn { --tone: var(--warn); --wash: var(--warn-wash); }
.notice.danger { --tone: var(--danger); --wash: var(--danger-wash); }
.notice > * { margin-block: 0.1875rem 0; }
.notice .title::first-letter { text-transform: uppercase; }
.notice .title { margin: 0; font-weight: 650; color: var(--tone); }
.notice::before, .verdict .sign {
  display: inline-grid; place-items: center; flex: none; width: 1.125rem; height: 1.125rem; border-radius: 50%;
  background: var(--tone); color: var(--wash); font-size: 0.75rem; font-weight: 800; line-height: 1;
}
.notice::before { content: "i"; position: absolute; inset-inline-start: 1.1875rem; inset-block-start: 1.1875rem; }
.notice.ok::before { content: "✓"; }
.notice.warn::before, .notice.danger::before { content: "!"; }

.verdict {
  display: inline-flex; align-items: center; gap: 0.5rem; padding: 0.125rem 0.75rem 0.125rem 0.5rem; white-space: nowrap;
  border-radius: 999px; background: var(--wash); color: var(--tone); font-weight: 620; font-size: 0.9375rem;
}
.verdict .code { font-size: 0.75rem; font-weight: 500; letter-spacing: 0.03em; }
.verdict.pass { --tone: var(--ok); --wash: var(--ok-wash); }
.verdict.failed { --tone: var(--danger); --wash: var(--danger-wash); }
.verdict.unknown { --tone: var(--warn); --wash: var(--warn-wash); }
.verdict.pending { --tone: var(--wait); --wash: var(--wait-wash); }
.verdict.pass .sign::before { content: "✓"; }
.verdict.failed .sign::before { content: "✕"; }
.verdict.unknown .sign::before { content: "?"; }
.verdict.pending .sign::before { content: "…"; }

.clause {
  display: inline-block; padding: 0 0.4375rem; border: 1px solid var(--rule); border-radius: 0.3125rem;
  background: var(--sheet); color: var(--soft); font-size: 0.8125rem; line-height: 1.5; white-space: nowrap;
}
.banner { margin: 0; padding: 0.5rem 1rem; background: var(--warn-wash); color: var(--warn); text-align: center; font-weight: 620; }
.banner p { margin: 0; }
.qr { background: #fff; border-radius: var(--radius); max-width: 100%; height: auto; }
iframe.message { width: 100%; height: 35rem; border: 0; }
code.key { overflow-wrap: anywhere; font-size: 1.0625rem; }
.codes { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0.5rem 1.5rem; max-width: 34rem; padding: 1.25rem; list-style: none; background: var(--sheet); border: 1px solid var(--rule); border-radius: var(--radius); }
.codes code { font-size: 1.0625rem; }

.countdown { font-weight: 620; color: var(--wait); white-space: nowrap; }
.countdown.late { color: var(--danger); }

form.stack { max-width: 34rem; display: grid; gap: 1.25rem; justify-items: start; }
form.stack > p { margin: 0; }
form.inline input:not([type="checkbox"]) { width: auto; flex: 0 1 22rem; }
form.filters { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem 1rem; }
form.filters :is(input, select, .button) { min-height: 2.875rem; }
form.filters .field { width: auto; flex: 0 1 16rem; }
form.filters .field:has([type="search"]) { flex-basis: 24rem; }
form.card { align-content: start; }
.field { display: grid; gap: 0.3125rem; width: 100%; }
.field.check { grid-template-columns: auto 1fr; align-items: center; gap: 0 0.625rem; }
.field.check input { grid-column: 1; grid-row: 1; }
.field.check :is(.hint, .error) { grid-column: 2; }
.field p { margin: 0; }
fieldset { display: grid; gap: 0.75rem; width: 100%; margin: 0; padding: 0; border: 0; }
legend { padding: 0 0 0.375rem; font-weight: 580; }
fieldset label { font-weight: 400; }
label { font-weight: 580; }
.required { color: var(--soft); font-weight: 400; }
input:not([type="checkbox"]), select, textarea {
  width: 100%; padding: 0.625rem 0.75rem; border: 1px solid var(--rule-strong); border-radius: 0.5rem;
  background: var(--sheet); color: var(--ink); font: inherit;
}
input[type="checkbox"] { width: 1.125rem; height: 1.125rem; accent-color: var(--accent); }
:is(input, select, textarea)[aria-invalid="true"] { border-color: var(--danger); }
.error { color: var(--danger); font-size: 0.9375rem; font-weight: 550; }
.button {
  display: inline-block; padding: 0.6875rem 1.25rem; border: 1px solid var(--accent); border-radius: 0.5rem;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; line-height: 1.4;
  text-decoration: none; cursor: pointer;
}
.button:hover { background: var(--accent-strong); border-color: var(--accent-strong); color: var(--on-accent); }
.button.secondary { background: none; color: var(--accent); }
.button.secondary:hover { background: var(--accent-wash); color: var(--accent-strong); }
.button.danger { background: var(--danger); border-color: var(--danger); color: var(--paper); }
.button.danger:hover { filter: brightness(0.92); }
.actions { width: 100%; display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }

@media (max-width: 44rem) {
  header.site .wide { padding-block: 0.5rem 0.75rem; gap: 0 0.5rem; }
  .reader { gap: 0.25rem 0.5rem; }
  .who { display: none; }
  dl > div { grid-template-columns: 1fr; padding: 0.75rem 1rem; }
  dt { font-size: 0.875rem; }
  th, td { padding-inline: 1rem; }
  caption { padding-inline: 1rem; }
  .stacked thead { display: none; }
  .stacked :is(tbody, tr, th, td) { display: block; }
  .stacked tr { padding-block: 0.75rem; border-block-start: 1px solid var(--rule); }
  .stacked :is(th, td) { width: auto; padding-block: 0.125rem; border: 0; }
  .stacked td.nothing { display: none; }
  .stacked td[data-label]::before { content: attr(data-label) " · "; color: var(--soft); font-size: 0.875rem; }
  form.filters .field { flex-basis: 100%; }
  footer.site .wide { display: block; }
  form.stack .button { width: 100%; text-align: center; }
}
@media print {
  header.site .menu, header.site .reader, .skip, form { display: none; }
  body { background: none; }
  .scroll, dl, .card { break-inside: avoid; }
}
@media (forced-colors: active) {
  .button, .verdict, .notice, .menu a[aria-current] { border: 1px solid; }
}
@media (prefers-reduced-motion: no-preference) {
  a, button, .button { transition: color 120ms, background-color 120ms, border-color 120ms; }
}
`;
