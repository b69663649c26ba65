/** The gate at sending time, with every check that a hub has, before a real mail server: what is not allowed never leaves. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { instant, type Message, type MessageTemplate, type SubjectId, silentLog } from "@preau/kernel";
import { readMessage } from "@preau/mailer";
import { announceChange, proposeChange } from "@preau/subprocessors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { type Hub, openHub } from "../src/hub.ts";
import { type DutiesHouse, MINISTRY, startDutiesHouse } from "./duties-house.ts";
import { message, relay } from "./relay-message.ts";

const OFFICER = { role: "publisherDpo" } as const;
const NEXT = "nextMailer";

describe("the gate, asked when a message leaves (D4.1, DC)", () => {
  let house: DutiesHouse;
  beforeAll(async () => {
    house = await startDutiesHouse(instant("2027-03-22T08:00:00.000Z"));
    (house.hub.ports.post.templates as Map<string, MessageTemplate>).set(relay.name, relay);
  }, 60_000);
  afterAll(() => house.stop());

  const addressOf = (key: string) => `${key}@personne.example`;
  /** To a teacher outside GAR, of whom the agreement names the address. */
  const toTeacher = (key: string, subject: SubjectId, change: Partial<Message["flow"]> = {}): Message => {
    const { flow } = message(MINISTRY, key);
    return message(MINISTRY, key, {
      to: { address: addressOf(key) },
      flow: {
        ...{ ...flow, product: "plume", role: "teacher", purpose: "runPlatform", subject },
        ...{ categories: ["workEmail"], ...change },
      },
    });
  };
  const queue = (each: Message, { ports }: Hub = house.hub) =>
    ports.unitOfWork.transaction((unit) => ports.mailer.send(unit, each));
  const lineOf = async (id: string) => {
    const { unitOfWork } = house.hub.ports;
    return (await unitOfWork.transaction((unit) => readMessage(unit, MINISTRY, id)))?.line;
  };
  const person = (value: string) => {
    const { subjects, unitOfWork } = house.hub.ports;
    return unitOfWork.transaction((unit) =>
      subjects.identify(unit, MINISTRY, { kind: "test.person", value }),
    );
  };
  const reached = (key: string) => house.mail.received.some(({ to }) => to === addressOf(key));
  const ended = async (each: Message) => {
    const id = await queue(each);
    await house.work();
    return lineOf(id);
  };

  it("lets out what the agreement names, to one address", async () => {
    expect(await ended(toTeacher("named", await person("named")))).toMatchObject({ state: "accepted" });
    expect(reached("named")).toBe(true);
  });

  it("has no address of a teacher who comes by the GAR to write to (DB.K.gar-teacher)", async () => {
    const flow = { origin: "gar" } as const;
    expect(await ended(toTeacher("gar", await person("gar"), flow))).toMatchObject({
      ...{ state: "refused", clause: "DB.K.gar-teacher", reason: "UNNAMED_CATEGORY" },
    });
    expect(reached("gar")).toBe(false);
  });

  it("lets a restricted person's message wait, and go once that is lifted (D10.1a)", async () => {
    const subject = await person("restricted");
    const target = { subject, identifiers: [] };
    const source = house.hub.ports.sources.get("mailer.log")?.source;
    const id = await queue(toTeacher("restricted", subject));
    await source?.restrict(MINISTRY, target);
    await house.work();
    expect(await lineOf(id)).toMatchObject({ state: "queued" });
    expect(reached("restricted")).toBe(false);
    await source?.lift(MINISTRY, target);
    await house.work();
    expect(reached("restricted")).toBe(true);
  });

  it("never lets an erased person's message leave, nor keeps its text (D12.2)", async () => {
    const subject = await person("erased");
    const id = await queue(toTeacher("erased", subject));
    await house.hub.ports.vault.destroy({ controller: MINISTRY, kind: "subject", id: subject });
    await house.work();
    expect(await lineOf(id)).toMatchObject({ state: "refused", reason: "ERASED", clause: "D12.2" });
    expect(reached("erased")).toBe(false);
    await expect(queue(toTeacher("erased-again", subject))).rejects.toMatchObject({ code: "MAIL_TO_ERASED" });
  });

  it("answers nobody without an instruction (D10.1c)", async () => {
    const flow = { operation: "answer", recipient: "dataSubject", categories: ["name"] } as const;
    const line = await ended(toTeacher("answer", await person("answer"), flow));
    expect(line).toMatchObject({ state: "refused", clause: expect.stringMatching(/^D10\.1/) });
    expect(reached("answer")).toBe(false);
  });

  it("lets nothing go by a mailer that took another's place, while its window is open (D8.2, D8.3)", async () => {
    const { ports } = house.hub;
    const known = ports.agreements.of(MINISTRY).annexC.find(({ recipient }) => recipient === "mailer");
    const { siret: _siret, ...entry } = { ...known };
    await ports.unitOfWork.transaction(async (unit) => {
      const id = await proposeChange(unit, ports, {
        change: {
          ...{ kind: "replace", replaces: "mailer", startsOn: "2027-06-01" },
          entry: {
            ...{ ...entry, recipient: NEXT, name: "Courriel Exemple", register: "HRB 4321 Exempelstadt" },
            deletionDelay: "hours(48)",
            deletionBatch: "none",
          },
          content: {
            purpose: { fr: "Acheminer les courriels.", en: "Carry the mail." },
            places: { storage: ["FR"], processing: ["FR"] },
            retention: { fr: "Quarante-huit heures.", en: "Forty-eight hours." },
            guarantees: { fr: "Mesures examinées.", en: "Measures reviewed." },
          },
        },
        by: OFFICER,
      });
      await announceChange(unit, ports, { id, version: 1, to: "all", by: OFFICER });
    });
    // The same installation, with the newcomer already in its configuration.
    const file = path.join(house.folder, "next.yaml");
    const yaml = readFileSync(path.join(house.folder, "preau.yaml"), "utf8");
    writeFileSync(file, yaml.replace("mailer: { host", `mailer: { recipient: ${NEXT}, host`));
    const config = readConfig({ ...house.environment, PREAU_CONFIG: file }, house.folder);
    const next = await openHub(config, { clock: house.clock, log: silentLog });
    (next.ports.post.templates as Map<string, MessageTemplate>).set(relay.name, relay);
    const id = await queue(toTeacher("next", await person("next"), { recipient: NEXT }), next);
    await next.worker.drain();
    await next.close();
    expect(await lineOf(id)).toMatchObject({
      state: "refused",
      reason: "NOT_RECEIVED",
      clause: expect.stringMatching(/^D8/),
    });
    expect(reached("next")).toBe(false);
  });
});
