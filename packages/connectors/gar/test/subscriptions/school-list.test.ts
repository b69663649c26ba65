import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { manualClock, silentLog } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { schoolList } from "../../src/subscriptions/school-list.ts";
import { listOfSchools, schoolXml } from "./some-schools.ts";

const HOUR = 3_600_000;
const FIRST = listOfSchools(
  schoolXml({ uai: "0350042F" }),
  schoolXml({ uai: "0570001A", nature_uai: "151" }),
  schoolXml({ uai: "0570002B", nature_uai: "101" }),
);

function world(platform = "https://gar.example") {
  const folder = path.join(temporaryFolder(), "gar");
  const clock = manualClock();
  const state = { text: FIRST, fetched: 0, down: false };
  const fetch = async () => {
    state.fetched += 1;
    if (state.down) throw new TypeError("down");
    return (async function* () {
      yield Buffer.from(state.text);
    })();
  };
  const open = (of = platform) => schoolList({ folder, platform: of, clock, log: silentLog, fetch });
  return { folder, clock, state, open, file: path.join(folder, "gar-schools.jsonl") };
}

describe("list of schools, kept for a day", () => {
  it("fetches once a day, and finds schools by UAI in the file", async () => {
    const { open, clock, state, folder } = world();
    const list = open();
    expect(await list.kept()).toBeUndefined();
    expect(await list.find(["0350042F"])).toBeUndefined();
    const facts = { schools: 3, primary: 2, fetchedAt: clock.now() };
    expect(await list.fresh()).toEqual(facts);
    clock.advance(24 * HOUR - 1);
    expect(await open().fresh()).toEqual(facts);
    expect(state.fetched).toBe(1);
    const found = await list.find(["0570002B", "0350042F", "0010001Z"]);
    expect([...(found ?? [])].map(([uai, school]) => [uai, school.nature])).toEqual([
      ["0350042F", "340"],
      ["0570002B", "101"],
    ]);
    clock.advance(1);
    expect((await list.fresh()).fetchedAt).toBe(clock.now());
    expect(state.fetched).toBe(2);
    expect(readdirSync(folder)).toEqual(["gar-schools.jsonl"]);
    expect(statSync(path.join(folder, "gar-schools.jsonl")).mode & 0o777).toBe(0o600);
  });

  it("keeps the last list, whole, when the next cannot be fetched or is broken", async () => {
    const { open, clock, state, folder, file } = world();
    const list = open();
    const facts = await list.fresh();
    const before = readFileSync(file);
    clock.advance(25 * HOUR);
    state.text = FIRST.slice(0, -30);
    expect(await list.fresh()).toEqual(facts);
    state.text = listOfSchools();
    await expect(list.refetched()).rejects.toMatchObject({ code: "GAR_SUBSCRIPTION_ANSWER_UNREADABLE" });
    state.down = true;
    expect(await list.fresh()).toEqual(facts);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(["gar-schools.jsonl"]);
  });

  it("has no list where the first fetch fails, and says why", async () => {
    const { open, state, folder } = world();
    state.down = true;
    await expect(open().fresh()).rejects.toThrow("down");
    state.down = false;
    state.text = "no list";
    await expect(open().fresh()).rejects.toMatchObject({ code: "GAR_SUBSCRIPTION_ANSWER_UNREADABLE" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("does not take the list of another platform, or a file that is none, for this one's", async () => {
    const { open, state, file } = world();
    await open().fresh();
    expect(await open("https://production.example").find(["0350042F"])).toBeUndefined();
    writeFileSync(file, "not a list\n");
    expect(await open().kept()).toBeUndefined();
    await open().fresh();
    expect(state.fetched).toBe(2);
  });

  it("says so where the file cannot take its place, and leaves nothing behind", async () => {
    const { open, folder, file } = world();
    mkdirSync(file, { recursive: true });
    await expect(open().refetched()).rejects.toMatchObject({ code: "GAR_SUBSCRIPTION_SCHOOLS_UNWRITABLE" });
    expect(readdirSync(folder)).toEqual(["gar-schools.jsonl"]);
  });
});
