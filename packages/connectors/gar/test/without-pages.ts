/**
 * Lets plain Node load modules that import pages, for programs that show none: it strips types, but does not read JSX. To be
 * imported before whatever imports a page.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

registerHooks({
  load: (url, context, next) => {
    if (!url.endsWith(".tsx")) return next(url, context);
    const page = readFileSync(fileURLToPath(url), "utf8");
    const names = [...page.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(([, name]) => name);
    const source = names.map((name) => `export const ${name ?? ""} = () => "";`).join("\n");
    return { format: "module", shortCircuit: true, source };
  },
});
