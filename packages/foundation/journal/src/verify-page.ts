/**
 * One HTML file that checks receipts and proofs in a browser, offline: its policy forbids every connection, so that
 * neither the file nor the key leaves the machine. @clause D12.2
 */
import { hash } from "node:crypto";
import { makeBrowserVerifier } from "./verify-in-browser.ts";

const STYLE = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
label { display: block; margin-top: 1rem; font-weight: 600 }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem }
button { font: inherit; margin-top: 1rem; padding: .4rem 1rem }
output { display: block; margin-top: 1.5rem; padding: 1rem; border: 2px solid #555; white-space: pre-line }
small { font-weight: 400 }
`;

const FORM = `
const texts = {
  fr: {
    TRUE: "VRAI : ce fichier est celui qui a été consigné, et la clé que vous avez donnée l'a signé.",
    FALSE: "FAUX : ce fichier n'est pas celui qui a été consigné, ou cette clé ne l'a pas signé.",
    UNKNOWN: "INDÉTERMINÉ : tout concorde, mais avec la seule clé que le fichier nomme lui-même, ou ce navigateur ne sait pas vérifier la signature. Demandez la clé au responsable par une autre voie.",
    form: "forme du fichier", content: "contenu consigné", claims: "verdict permis par ses parties",
    inclusion: "présence dans le journal", signature: "signature du journal", yes: "oui", no: "non",
  },
  en: {
    TRUE: "TRUE: this file is the one that was recorded, and the key that you gave has signed it.",
    FALSE: "FALSE: this file is not the one that was recorded, or this key has not signed it.",
    UNKNOWN: "UNKNOWN: everything agrees, but only with the key that the file names itself by, or this browser cannot check the signature. Ask for the key by another way.",
    form: "form of the file", content: "recorded content", claims: "verdict allowed by its parts",
    inclusion: "presence in the log", signature: "signature of the log", yes: "yes", no: "no",
  },
};
const verify = makeBrowserVerifier();
document.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = document.querySelector("#file").files;
  if (!file) return;
  const vkey = document.querySelector("#vkey").value.trim();
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch { /* not text: FALSE below */ }
  const answer = await verify(text, vkey === "" ? undefined : vkey);
  const lines = [];
  for (const words of [texts.fr, texts.en]) {
    lines.push(words[answer.result]);
    for (const [name, held] of Object.entries(answer.checks)) lines.push("– " + words[name] + ": " + (held ? words.yes : words.no));
    lines.push("");
  }
  if (answer.origin !== undefined) lines.push(answer.origin + " · " + answer.index + " / " + answer.size);
  const output = document.querySelector("output");
  output.dataset.result = answer.result;
  output.textContent = lines.join("\\n");
});
`;

/** The page's script as it stands in the page: the verifier, then the form. */
export function verifyScript(): string {
  return `const makeBrowserVerifier = ${makeBrowserVerifier.toString()};\n${FORM}`;
}

/** The page, complete. */
export function verifyPage(): string {
  const script = verifyScript();
  const sources = `script-src '${sourceHash(script)}'; style-src '${sourceHash(STYLE)}'`;
  const policy = `default-src 'none'; ${sources}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vérifier un reçu · Check a receipt</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Vérifier un reçu <small lang="en">Check a receipt</small></h1>
<p>Tout se passe sur votre machine ; cette page ne peut rien envoyer.
<span lang="en">Everything happens on your machine; this page can send nothing.</span></p>
<form>
<label for="file">Reçu ou preuve <small lang="en">Receipt or proof</small></label>
<input id="file" type="file" required>
<label for="vkey">Clé de vérification du journal, obtenue ailleurs que dans le fichier
<small lang="en">Verifier key of the log, got elsewhere than from the file</small></label>
<input id="vkey" type="text" autocomplete="off" spellcheck="false">
<button type="submit">Vérifier · <span lang="en">Check</span></button>
</form>
<output for="file vkey" aria-live="polite"></output>
<noscript><p>Cette page a besoin de JavaScript. <span lang="en">This page needs JavaScript.</span></p></noscript>
</main>
<script>${script}</script>
</body>
</html>
`;
}

function sourceHash(source: string): string {
  return `sha256-${hash("sha256", source, "base64")}`;
}
