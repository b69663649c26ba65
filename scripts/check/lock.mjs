// The lock file and the repository work on any machine: no registry's address, no path of one computer.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { filesUnder } from "./workspace.mjs";

const TARBALL = /^ +(tarball:|resolution:.*tarball:)/;
const MACHINE_PATH = /(?<![\w.-])\/(root|home\/[a-z_][\w.-]*|Users\/\w[\w.-]*|tmp)\/[\w.@-]+/;
const REGISTRY =
  /registry\.(npmjs\.org|yarnpkg\.com|npmmirror\.com)|\b(nexus|artifactory|verdaccio)[\w.-]*[:/]/i;
const BINARY = /\.(png|jpe?g|gif|ico|woff2?|ttf|zip|gz|age|pdf|sqlite|mbz|mo|zst|xz)$/i;
const MOST_BYTES = 2_000_000; // data samples beyond this are not read for paths

/** @returns {import("./findings.mjs").Finding[]} */
export function checkLock(root) {
  const findings = [];
  for (const name of ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock"])
    if (existsSync(path.join(root, name)))
      findings.push({
        file: name,
        message: "is another tool's lock file",
        remedy: "delete it: pnpm-lock.yaml is ours",
      });
  if (!existsSync(path.join(root, "pnpm-lock.yaml")))
    findings.push({ file: "pnpm-lock.yaml", message: "is missing" });
  else
    findings.push(
      ...linesOf(
        root,
        "pnpm-lock.yaml",
        TARBALL,
        "holds a tarball's address",
        "set lockfileIncludeTarballUrl: false and install again",
      ),
    );
  for (const file of trackedFiles(root)) {
    if (file === "pnpm-lock.yaml" || BINARY.test(file) || file === "scripts/check/lock.mjs") continue;
    const stat = statSync(path.join(root, file), { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile() || stat.size > MOST_BYTES) continue;
    findings.push(
      ...linesOf(
        root,
        file,
        MACHINE_PATH,
        "holds a path of one machine",
        "use a relative path, or os.tmpdir()",
      ),
      ...linesOf(
        root,
        file,
        REGISTRY,
        "holds a registry's address",
        "leave it to the machine's own configuration",
      ),
    );
  }
  return findings;
}

function linesOf(root, file, pattern, message, remedy) {
  const text = readFileSync(path.join(root, file), "utf8");
  if (!new RegExp(pattern.source, `${pattern.flags}m`).test(text)) return [];
  return text
    .split("\n")
    .flatMap((line, index) =>
      pattern.test(line)
        ? [{ file, line: index + 1, message: `${message}: ${pattern.exec(line)[0].trim()}`, remedy }]
        : [],
    );
}

function trackedFiles(root) {
  const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64e6,
  });
  if (listed.status === 0) return listed.stdout.split("\0").filter(Boolean);
  return ["packages", "apps", "scripts", "docs", ".ci"].flatMap((folder) => filesUnder(root, folder));
}
