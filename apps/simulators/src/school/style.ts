/** The demo school's style sheet: quiet, and of another colour, so that nobody takes it for Préau. */
export const schoolCss = `
:root { color-scheme: light dark; --ink: light-dark(#16302b, #e3efec); --soft: light-dark(#4c635d, #a9bdb7);
  --link: light-dark(#0b6152, #6fd3bf); --line: light-dark(#cfdcd8, #34463f); --field: light-dark(#7d918b, #7a8f88);
  --paper: light-dark(#fbfdfc, #141b19); --sheet: light-dark(#fff, #1a2320); --wash: light-dark(#e9f4f1, #1d302b);
  --on-link: light-dark(#fff, #0b241e); --danger: light-dark(#a3242f, #ff9aa2); font: 1rem/1.6 system-ui, sans-serif; }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; min-height: 100vh; padding: 1rem clamp(1rem, 4vw, 2rem) 3rem; color: var(--ink);
  background: var(--paper); display: flex; flex-direction: column; overflow-wrap: break-word; }
main { flex: 1; }
main > p, main > ul { max-width: 42rem; }
a { color: var(--link); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: .5rem; top: -4rem; padding: .5rem 1rem; background: var(--link); color: var(--on-link); }
.skip:focus { top: .5rem; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; border-bottom: 3px solid var(--link);
  padding-bottom: .75rem; }
header > a { font-weight: 700; text-decoration: none; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
nav a[aria-current] { color: var(--ink); text-decoration-thickness: 2px; }
.who { margin-left: auto; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; font-size: .875rem;
  color: var(--soft); }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2rem); line-height: 1.2; margin: 2rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.soft, small { color: var(--soft); }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: .875rem; color: var(--soft);
  display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }
.done { padding: .75rem 1rem; background: var(--wash); border-left: 4px solid var(--link); max-width: none; }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); margin: 1.5rem 0; padding: 0;
  list-style: none; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem 1.25rem; }
.card > :first-child { margin-top: 0; }
.card > :last-child { margin-bottom: 0; }
.card + .card { margin-top: 1rem; }
.cards .card + .card { margin-top: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-size: .875rem; color: var(--soft); font-weight: 600; }
th.number, td.number { text-align: right; }
.scroll { overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
.field { margin: 0 0 1rem; max-width: 32rem; }
input, select, textarea { font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--field);
  border-radius: .375rem; padding: .4rem .6rem; width: 100%; }
input[type=number] { width: 7rem; }
textarea { min-height: 5.5rem; }
button { font: inherit; cursor: pointer; color: var(--on-link); background: var(--link); border: 1px solid var(--link);
  border-radius: .375rem; padding: .4rem .9rem; min-height: 2.5rem; }
button.plain { color: var(--link); background: transparent; }
button.danger { color: var(--danger); background: transparent; border-color: var(--danger); }
button.small { padding: .1rem .6rem; min-height: 1.75rem; font-size: .875rem; }
.choices { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0 1rem; padding: 0; list-style: none; }
summary { cursor: pointer; font-weight: 600; padding: .35rem 0; }
.row { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; }
.row .field { margin: 0; }
.button { display: inline-block; padding: .5rem 1.1rem; border-radius: .375rem; background: var(--link); color: var(--on-link);
  text-decoration: none; }
.row form { margin: 0; }
.shares { margin: .75rem 0 0; padding: .5rem 0 0; list-style: none; border-top: 1px solid var(--line); font-size: .875rem; }
.shares li { align-items: center; padding: .15rem 0; }
.tag { font-size: .8125rem; font-weight: 400; color: var(--soft); border: 1px solid var(--line); border-radius: 1rem;
  padding: .1rem .6rem; margin-left: .5rem; white-space: nowrap; }
`;
