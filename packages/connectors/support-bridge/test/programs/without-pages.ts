/** Plain Node strips types and does not read JSX: a program that shows no page loads each as nothing. To be imported first. */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

registerHooks({
  load: (url, context, next) => {
    if (!url.endsWith(".tsx")) return next(url, context);
    const page = readFileSync(fileURLToPath(url), "utf8");
    const names = [...page.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(([, name]) => name);
    // What is called shows nothing; what is a list is empty.
    const nothing = 'Object.assign(() => "", { *[Symbol.iterator]() {} })';
    const source = names.map((name) => `export const ${name ?? ""} = ${nothing};`).join("\n");
    return { format: "module", shortCircuit: true, source };
  },
});
