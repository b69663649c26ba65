/** The simulated Brevo's style sheet: a green of its own, so that nobody takes it for Préau, the GAR or a school. */
export const mailCss = `
:root { color-scheme: light dark; --ink: light-dark(#1c2b24, #e4eee8); --soft: light-dark(#53665c, #a7bbb0);
  --accent: light-dark(#0b6b3f, #7fd8a8); --on-accent: light-dark(#fff, #06261a); --line: light-dark(#d3e0d9, #34463d);
  --paper: light-dark(#fafdfb, #121a16); --sheet: light-dark(#fff, #18231e); --wash: light-dark(#e8f5ee, #1d3329);
  font: 1rem/1.6 system-ui, sans-serif; }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; min-height: 100vh; padding: 1rem clamp(1rem, 4vw, 2rem) 2rem; color: var(--ink);
  background: var(--paper); display: flex; flex-direction: column; overflow-wrap: break-word; }
main { flex: 1; min-width: 0; }
main > p { max-width: 42rem; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: .5rem; top: -4rem; padding: .5rem 1rem; background: var(--accent); color: var(--on-accent); }
.skip:focus { top: .5rem; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.5rem; border-bottom: 3px solid var(--accent);
  padding-bottom: .6rem; }
header > a { font-weight: 700; color: var(--ink); text-decoration: none; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav a[aria-current] { color: var(--ink); text-decoration-thickness: 2px; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2rem); line-height: 1.2; margin: 1.75rem 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.soft, small { color: var(--soft); font-size: .875rem; }
code, pre { font-size: .875em; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: var(--sheet); }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem; border-bottom: 1px solid var(--line); }
th { font-size: .875rem; color: var(--soft); }
iframe { width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 1rem; padding: .5rem 1rem; min-width: 0; }
legend { font-weight: 600; padding: 0 .5rem; }
ul.switches { list-style: none; margin: 0; padding: 0; }
ul.switches li { display: flex; gap: .75rem; align-items: baseline; padding: .35rem 0; }
input { font: inherit; accent-color: var(--accent); }
input[type=number] { width: 6.5rem; flex: none; }
input[type=checkbox] { width: 1.25rem; height: 1.25rem; flex: none; }
button { font: inherit; min-height: 2.75rem; padding: .4rem 1.1rem; border: 1px solid var(--accent); border-radius: .4rem; cursor: pointer;
  background: var(--accent); color: var(--on-accent); }
button.plain { background: none; color: var(--accent); }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.done { background: var(--wash); border-left: 4px solid var(--accent); padding: .5rem 1rem; }
footer { margin-top: 2.5rem; padding-top: .6rem; border-top: 1px solid var(--line); font-size: .875rem; color: var(--soft); }
`;
