import { describe, expect, it } from "vitest";
import { withProjects } from "../src/index.ts";
import { map } from "./fixtures/little-school.ts";

const head = "map: little-school-1\nkinds:\n";
const people = "    list: { table: people, key: id, title: login }\n";
const placeOf = (source: string): string => {
  try {
    withProjects(map, source, "p.yaml");
    return "";
  } catch (error) {
    return (error as { place?: string }).place ?? "";
  }
};

describe("projects that do not hold together (DD.2)", () => {
  it.each([
    ["of another map", "map: another-1\nkinds: {}\n", "p.yaml:1:6 map:"],
    [
      "a list of no table",
      `${head}  class:\n    list: { table: nothing, key: id, title: t }\n    rows: everything\n`,
      "nothing is not described",
    ],
    [
      "a line that hangs on nothing",
      `${head}  class:\n${people}    rows: { works: [{ by: pupil_id, of: pupils }] }\n`,
      "pupils is neither",
    ],
    [
      "a circle",
      `${head}  class:\n${people}    rows: { works: [{ by: id, of: marks }], marks: [{ by: id, of: works }] }\n`,
      "works hangs on itself",
    ],
    [
      "a set named like a table",
      `${head}  class:\n${people}    sets: { works: { table: works, rows: [{ by: id }] } }\n    rows: { works: [{ by: id }] }\n`,
      "a table of rows already",
    ],
    [
      "a name that is SQL",
      `${head}  class:\n${people}    rows: { works: [{ by: "id) or (1=1" }] }\n`,
      "p.yaml:5:",
    ],
    ["a kind that no teacher has", `${head}  department:\n${people}    rows: everything\n`, "department"],
  ])("refuses %s", (_what, source, place) => {
    expect(placeOf(source)).toContain(place);
  });

  it("gives the map that it was given, with the projects", () => {
    const more = withProjects(map, `${head}  class:\n${people}    rows: { works: [{ by: pupil_id }] }\n`);
    expect(more.tables).toBe(map.tables);
    expect(Object.keys(more.projects?.kinds ?? {})).toEqual(["class"]);
    expect(more).not.toHaveProperty("kinds");
  });
});
