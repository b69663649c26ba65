/** The desk's style sheet: quiet, and of a colour of its own, so that nobody takes it for Préau. */
export const deskCss = `
:root { color-scheme: light dark; --ink: light-dark(#261b33, #ece6f3); --soft: light-dark(#5d5270, #b6abc6);
  --link: light-dark(#5b2a9d, #c4a6f5); --line: light-dark(#dcd5e6, #453a55); --field: light-dark(#8a7f9b, #877b99);
  --paper: light-dark(#fdfcfe, #17131d); --sheet: light-dark(#fff, #1f1a27); --wash: light-dark(#f3edfb, #2a2238);
  --on-link: light-dark(#fff, #22123a); --danger: light-dark(#a3242f, #ff9aa2); font: 1rem/1.6 system-ui, sans-serif; }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0 auto; max-width: 66rem; min-height: 100vh; padding: 1rem clamp(1rem, 4vw, 2rem) 3rem; color: var(--ink);
  background: var(--paper); display: flex; flex-direction: column; overflow-wrap: break-word; }
main { flex: 1; }
main > p { max-width: 42rem; }
a { color: var(--link); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: .5rem; top: -4rem; padding: .5rem 1rem; background: var(--link); color: var(--on-link); }
.skip:focus { top: .5rem; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; border-bottom: 3px solid var(--link);
  padding-bottom: .75rem; }
header > a { font-weight: 700; text-decoration: none; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
nav a[aria-current] { color: var(--ink); text-decoration-thickness: 2px; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2rem); line-height: 1.2; margin: 2rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; }
.soft, small { color: var(--soft); }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: .875rem; color: var(--soft);
  display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }
.done { padding: .75rem 1rem; background: var(--wash); border-left: 4px solid var(--link); max-width: none; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem 1.25rem; max-width: 42rem; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
.field { margin: 0 0 1rem; }
input, textarea { font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--field);
  border-radius: .375rem; padding: .4rem .6rem; width: 100%; }
input[type=checkbox] { width: 1.25rem; height: 1.25rem; accent-color: var(--link); }
textarea { min-height: 5.5rem; }
button { font: inherit; cursor: pointer; color: var(--on-link); background: var(--link); border: 1px solid var(--link);
  border-radius: .375rem; padding: .4rem .9rem; min-height: 2.5rem; }
button.plain { color: var(--link); background: transparent; }
button.danger { color: var(--danger); background: transparent; border-color: var(--danger); }
button.small { padding: .1rem .6rem; min-height: 1.75rem; font-size: .875rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
.row form { margin: 0; }
.messages { list-style: none; margin: 0 0 1.5rem; padding: 0; display: grid; gap: .75rem; max-width: 42rem; }
.messages li { padding: .6rem 1rem; border-radius: .5rem; background: var(--sheet); border: 1px solid var(--line); }
.messages li.operator { background: var(--wash); margin-left: 2rem; }
.messages li.user { margin-right: 2rem; }
.messages p { margin: 0; white-space: pre-wrap; }
.tag { font-size: .8125rem; border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .6rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-size: .875rem; color: var(--soft); font-weight: 600; }
.scroll { overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
details { border-top: 1px solid var(--line); }
summary { cursor: pointer; font-size: 1.1rem; font-weight: 600; padding: .6rem 0; }
ul.switches { list-style: none; margin: 0 0 1rem; padding: 0; display: grid; gap: .25rem 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 25rem), 1fr)); }
ul.switches li { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 .75rem; align-items: start; padding: .35rem .5rem;
  border-radius: .375rem; }
ul.switches li.on { background: var(--wash); }
ul.switches input { justify-self: end; }
ul.switches input[type=number] { width: 6rem; padding: .2rem .35rem; }
ul.switches label { font-weight: 400; line-height: 1.4; margin: 0; }
ul.switches code { display: block; }
.bar { position: sticky; bottom: 0; padding: .75rem 0; background: var(--paper); border-top: 1px solid var(--line); }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
`;
