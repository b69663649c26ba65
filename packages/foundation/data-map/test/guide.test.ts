import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDataMap, parseMapWords } from "../src/index.ts";

const guide = readFileSync(new URL("../../../../docs/data-map.md", import.meta.url), "utf8");
const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block ?? "");
const [whole = ""] = blocks;
const lifecycle = blocks.find((block) => block.startsWith("lifecycle:")) ?? "";
const projects = blocks.find((block) => block.startsWith("projects:")) ?? "";
const words = blocks.find((block) => block.startsWith("map:")) ?? "";

describe("the guide to data maps", () => {
  it("shows a whole map that is one", () => {
    expect(parseDataMap(whole, "docs/data-map.md").id).toBe("school-1");
  });

  it("shows a lifecycle that fits it", () => {
    // The example speaks of tables that its map has not.
    const more = ["wishes", "events"]
      .map((name) => `  ${name}: { category: account, purpose: teaching }\n`)
      .join("");
    const map = parseDataMap(
      whole.replace("\ntables:\n", `\n${lifecycle}\ntables:\n${more}`),
      "docs/data-map.md",
    );
    expect(map.lifecycle?.roles.map(({ role }) => role)).toEqual(["teacher", "pupil"]);
    expect(map.lifecycle?.access?.remembers).toBe("mode_before");
  });

  it("shows projects that fit it", () => {
    const more = ["classes", "schools"]
      .map((name) => `  ${name}: { category: account, purpose: teaching }\n`)
      .join("");
    const map = parseDataMap(
      whole.replace("\ntables:\n", `\n${projects}\ntables:\n${more}`),
      "docs/data-map.md",
    );
    expect(Object.keys(map.projects?.kinds ?? {})).toEqual(["class", "school"]);
  });

  it("shows words that fit it", () => {
    const said = parseMapWords(words, parseDataMap(whole, "docs/data-map.md"), "docs/data-map.md");
    expect(Object.keys(said.tables["works"]?.columns ?? {})).toEqual(["title", "handed_in", "state"]);
    expect(said.tables["messages"]?.secrets).toEqual(["token"]);
  });
});
