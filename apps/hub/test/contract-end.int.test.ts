import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { localDate } from "@preau/calendar";
import { endContract, renewContract } from "@preau/contracts";
import { openDatabase } from "@preau/database";
import { controllerId } from "@preau/kernel";
import type { Certificate } from "@preau/retention";
import { makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const MINISTRY = controllerId("ministry");
const DAY_MS = 86_400_000;
const [TEACHER, ADMINISTRATOR] = [11, 1];

describe("the end of the demo school's contract (D6.2c)", () => {
  const folder = makeFolder();
  let house: RunningHouse;
  beforeAll(async () => {
    house = await startHouse(folder.path);
  }, 60_000);
  afterAll(async () => {
    await house.stop();
    folder.remove();
  });

  const preau = async (...words: readonly string[]) => {
    const answer = await preauHere(words, {
      cwd: folder.path,
      env: {
        PREAU_DATA: folder.path,
        PREAU_REPLAY_LIST: path.join(folder.path, "replay"),
        PREAU_CONFIG: house.hub.config.folder + "/preau.yaml",
      },
    });
    expect([words.join(" "), answer.err]).toEqual([words.join(" "), ""]);
    return { ...answer, json: () => JSON.parse(answer.out) as { readonly [name: string]: unknown } };
  };
  const yesterday = () =>
    localDate(new Date(Date.parse(house.hub.ports.clock.now()) - DAY_MS).toISOString().slice(0, 10));
  const contract = async () => {
    const { ports } = house.hub;
    const [first] = await ports.unitOfWork.transaction((unit) => ports.contracts.contracts(unit, MINISTRY));
    if (first === undefined) throw new Error("no contract");
    return first;
  };
  const edit = { controller: MINISTRY, actor: { role: "operations" } as const, version: "current" as const };
  const end = async () => {
    const { ports } = house.hub;
    const { id } = await contract();
    await ports.unitOfWork.transaction((unit) =>
      endContract(unit, ports, edit, { contract: id, endsOn: yesterday() }),
    );
  };
  /** Where the school's own sign-in leads that account. */
  const enter = async (person: number): Promise<number> => {
    const answer = await fetch(`${house.school}/sign-in`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: house.school },
      body: new URLSearchParams({ person: String(person) }).toString(),
    });
    return answer.status;
  };
  const END = [
    "contract",
    "end",
    "--controller",
    "ministry",
    "--instruction",
    "letter 2026-12",
    "--json",
  ] as const;

  it("closes the school to all but its administrators, and gives it back when the contract is renewed (S10)", async () => {
    expect(await enter(TEACHER)).toBe(303);
    await end();
    const dry = await preau(...END, "--dry-run", "--window", "30");
    expect([dry.code, dry.err]).toEqual([0, ""]);
    expect(await enter(TEACHER)).toBe(303);
    const window = await preau(...END, "--window", "30");
    expect(window.err).toBe("");
    expect(window.json()).toMatchObject({ state: "window", outcome: "waits" });
    expect(await enter(TEACHER)).toBe(403);
    expect(await enter(ADMINISTRATOR)).toBe(303);
    const { ports } = house.hub;
    const { id } = await contract();
    await ports.unitOfWork.transaction((unit) =>
      renewContract(unit, ports, edit, { contract: id, endsOn: localDate("2031-08-31") }),
    );
    expect((await preau(...END)).json()).toMatchObject({
      outcome: "cancelled",
      facts: { cancelledWhy: "renewed" },
    });
    expect(await enter(TEACHER)).toBe(303);
  }, 60_000);

  it("hands every row back, erases everybody, and certifies it in both languages (D6.2c)", async () => {
    await end();
    const out = path.join(folder.path, "hand-back");
    const handed = await preau(...END, "--window", "none", "--out", out);
    expect(handed.json()).toMatchObject({ state: "handedBack", stopped: "notAcknowledged" });
    expect(handed.code).toBe(1);
    execFileSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: out });
    const school = await openDatabase({
      url: `sqlite:${path.join(folder.path, "simulators/school/school.sqlite")}`,
    });
    try {
      for (const file of readdirSync(path.join(out, "school")).filter((name) => name.endsWith(".ndjson"))) {
        const table = file.replace(/\.ndjson$/, "");
        const lines = readFileSync(path.join(out, "school", file), "utf8")
          .trim()
          .split("\n");
        const given = new Set(
          lines.map((line) => String((JSON.parse(line) as { row: { id: unknown } }).row.id)),
        );
        const held = (await school.knex(table).pluck<unknown[]>("id")).map(String);
        expect([table, given.size]).toEqual([table, held.length]);
      }
      const files = path.join(folder.path, "certificate");
      const done = await preau(...END, "--received", "--yes", "--certificate", files);
      expect(done.code).toBe(0);
      const certificate = done.json()["certificate"] as Certificate;
      expect(certificate).toMatchObject({ verdict: "PASS", erasure: { persons: 464, left: 0 } });
      expect(readdirSync(files).filter((name) => /^(?:certificate|receipt)-/.test(name))).toHaveLength(7);
      if (process.env["PREAU_PICTURES"] !== undefined)
        execFileSync("cp", ["-r", files, process.env["PREAU_PICTURES"]]);
      expect(Number((await school.knex("sch_account").count({ n: "*" }).first())?.["n"])).toBe(0);
      const cookie = await cookieOfRole(house.hub, "controllerDpo", MINISTRY);
      const page = await fetch(`${house.url}/controllers/ministry/contract-end`, {
        headers: { cookie, accept: "text/html" },
      });
      expect(page.status).toBe(200);
      const [, href = ""] = /href="([^"]+certificate\.pdf)"/.exec(await page.text()) ?? [];
      expect((await fetch(house.url + href, { headers: { cookie } })).headers.get("content-type")).toBe(
        "application/pdf",
      );
    } finally {
      await school.close();
    }
  }, 120_000);
});
