import { spawnSync } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { filesUnder } from "../check/workspace.mjs";
import { workspaceFolders } from "../run/install.mjs";

/**
 * The file bench/NAME.<kind>.ts of some package. Without a name it lists them and ends the process.
 *
 * @param {string} root
 * @param {"bench" | "soak"} kind
 * @param {string | undefined} name
 * @returns {{name: string, file: string}}
 */
export function chooseProgram(root, kind, name) {
  const ending = `.${kind}.ts`;
  const programs = workspaceFolders(root)
    .flatMap((folder) => filesUnder(root, `${folder}/bench`))
    .filter((file) => file.endsWith(ending))
    .map((file) => ({ name: path.posix.basename(file, ending), file }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (name === undefined) {
    for (const program of programs) process.stdout.write(`${program.name}  ${program.file}\n`);
    if (programs.length === 0) process.stderr.write(`preau: no package has a file bench/*${ending}\n`);
    process.exit(0);
  }
  const found = programs.filter((program) => program.name === name);
  if (found.length !== 1) {
    const known = programs.map((program) => program.name).join(", ") || "none";
    process.stderr.write(
      found.length === 0
        ? `preau: no ${kind} is called "${name}"; there are: ${known}\n`
        : `preau: ${found.map(({ file }) => file).join(" and ")} share the name "${name}"\n`,
    );
    process.exit(2);
  }
  return { name, file: pathToFileURL(path.join(root, found[0].file)).href };
}

/** What a figure depends on, beside the code: commit, Node, cores. */
export function circumstances(root) {
  const git = (...args) => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout?.trim() ?? "";
  const commit = git("rev-parse", "--short", "HEAD") || "none";
  const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
  return {
    commit: changed ? `${commit}+changes` : commit,
    node: process.versions.node,
    cores: os.availableParallelism(),
  };
}

/** Sends whatever else is printed to stderr; returns the one function that still writes to stdout. */
export function stdoutForTheAnswer() {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return write;
}
