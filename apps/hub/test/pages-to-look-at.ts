/** What stands in a hub for somebody to look at: a change of subprocessors, a ledger, and requests with what was done. */
import { executeRequest, noteInaccurateData, receiveMail } from "@preau/data-subject-requests";
import { askObservation, flagInstruction, writeNotice } from "@preau/instructions";
import { addHours, controllerId, type InstructionId } from "@preau/kernel";
import { announceChange, type ChangeGiven, proposeChange, viewNotices } from "@preau/subprocessors";
import type { Hub } from "../src/hub.ts";

const MINISTRY = controllerId("ministry");
const CHANGE: ChangeGiven = {
  ...{ kind: "replace", replaces: "mailer", startsOn: "2026-01-01" },
  entry: {
    ...{ recipient: "spareMailer", clause: "DC", name: "Facteur Exemple", siret: "49801929800112" },
    ...{
      fr: "Acheminement des courriels techniques",
      en: "Sending of technical e-mail",
      origins: "everyOrigin",
    },
    ...{ transfers: "none", deletionDelay: "hours(20)", operations: ["store", "send", "erase"] },
    ...{ purposes: ["runPlatform"], categories: ["name", "workEmail"] },
  },
  content: {
    purpose: {
      fr: "Acheminer les messages techniques de la plateforme.",
      en: "Send the platform’s technical messages.",
    },
    places: { storage: ["FR"], processing: ["FR", "DE"] },
    retention: { fr: "Journaux gardés 20 heures.", en: "Logs kept for 20 hours." },
    guarantees: { fr: "Mesures examinées en mars 2026.", en: "Measures reviewed in March 2026." },
  },
};

const MAIL = `From: Zoé D’Alençon <zoe@famille.example>
Subject: Les données de mon fils
Message-ID: <look@famille.example>
Content-Type: text/plain; charset=utf-8

Bonjour,

Je suis la mère d’Ésope D’Alençon. Je voudrais une copie de ses données, et que ses anciens résultats soient effacés.

Merci d’avance.
`;

/** A subprocessor replaced, every controller told of it. */
export async function subprocessorPages({ ports }: Hub) {
  const by = { role: "publisherDpo" } as const;
  return ports.unitOfWork.transaction(async (unit) => {
    const change = await proposeChange(unit, ports, { change: CHANGE, by });
    await announceChange(unit, ports, { id: change, version: 1, to: "all", by });
    const [own] = await viewNotices(unit, ports, { scope: MINISTRY, change, limit: 1 });
    return {
      shared: [
        "/subprocessors",
        "/subprocessors/supportDesk",
        `/subprocessors/notices/${own?.notice.id ?? ""}`,
      ],
      publisher: [
        `/subprocessors/changes/${change}`,
        "/subprocessors/changes/new",
        "/subprocessors/host/facts",
      ],
    };
  });
}

/** Two instructions, one of them flagged; an observation that is asked for; a notice; and a link to each. */
export async function instructionPages({ ports }: Hub, publicUrl: string) {
  const now = ports.clock.now();
  const by = { role: "publisherDpo" } as const;
  const of = { controller: MINISTRY };
  const [product] = ports.agreements.of(MINISTRY).products;
  const ids = await ports.unitOfWork.transaction(async (unit) => {
    const record = (more: object) =>
      ports.instructions.record(unit, {
        ...{ ...of, kind: "export", clause: "D10.1a", by: { role: "controllerDpo" }, scope: {} },
        ...more,
      });
    const plain = await record({
      scope: { product: product?.id, subject: "sub_01kat2v6m0x3w8r5n9c4f7h1q2" },
    });
    const told = await record({
      ...{ kind: "staffAccess", clause: "DB.n", by, endsAt: addHours(now, 240) },
      writing: {
        ...{ receivedAt: addHours(now, -2), means: "letter", writer: "representative" },
        ...{ reference: "LRAR 2026-118", sha256: "a1".repeat(32) },
      },
    });
    for (const thing of ["era_01kat2v6m0x3w8r5n9c4f7h1q2", "exp_01kat2v6m0x3w8r5n9c4f7h1q2"])
      await ports.instructions.link(unit, MINISTRY, told, thing);
    return [plain, told] as const;
  });
  await flagInstruction(ports, {
    ...{ ...of, instruction: ids[1], by },
    why: "L’accès demandé dépasse ce que l’assistance nécessite.",
  });
  const observation = await askObservation(ports, {
    ...{ ...of, by, product: product?.id ?? "", purpose: "Comprendre comment les devoirs sont remis." },
    ...{ capacity: "ergonome de l’éditeur", startsAt: now, endsAt: addHours(now, 24 * 20) },
    fields: ["sch_account.login"],
  });
  const options = { remindAfterWorkingDays: 7, linkDays: 60, publicUrl };
  const notice = await writeNotice(ports, options, {
    ...{ ...of, by, category: "authority", clause: "D10.2c" },
    text: "L’autorité de contrôle nous a interrogés.\nNous vous joignons la réponse.",
  });
  const links = await ports.unitOfWork.transaction(async (unit) => {
    const make = (purpose: string, thing: string) =>
      ports.links.make(unit, { ...of, purpose, thing, until: addHours(now, 24) });
    return [
      `/instructions/flagged/${await make("instructions.flag", ids[1] satisfies InstructionId)}`,
      `/instructions/observations/answer/${await make("instructions.observation", observation)}`,
      `/notices/acknowledge/${await make("instructions.notice", notice)}`,
    ];
  });
  return {
    links,
    shared: [
      ...["/instructions", "/instructions/new", "/instructions/of", "/instructions/observations", "/notices"],
      ...ids.map((id) => `/instructions/${id}`),
      ...[`/instructions/observations/${observation}`, `/notices/${notice}`],
    ],
  };
}

/** A mail that came in, requests of which one was acted on, and a report. */
export async function requestsToLookAt({ ports }: Hub) {
  const { unitOfWork, rightsDesk, clock, subjects } = ports;
  const by = { role: "publisherDpo" } as const;
  const taken = await receiveMail(
    ports,
    { messageIdDomain: "" },
    Buffer.from(MAIL),
    addHours(clock.now(), -40),
  );
  if (taken.kind !== "taken") throw new Error("the mail was dropped");
  const subject = await unitOfWork.transaction((unit) =>
    subjects.identify(unit, MINISTRY, { kind: "school.pupil", value: "look" }),
  );
  const receive = (matter: "access" | "restriction" | "erasure", hours: number) =>
    unitOfWork.transaction((unit) =>
      rightsDesk.receive(unit, {
        ...{ channel: "page", receivedAt: addHours(clock.now(), -hours), language: "fr", key: matter },
        ...{ matters: [matter], text: "Je voudrais voir mes notes de l’an dernier." },
        requester: { controller: MINISTRY, subject, origin: "gar", role: "pupil" },
      }),
    );
  const [access = "rqs_"] = (await receive("access", 50)).requests;
  const [restriction = "rqs_"] = (await receive("restriction", 3)).requests;
  await receive("erasure", 20);
  const report = await unitOfWork.transaction((unit) =>
    noteInaccurateData(unit, ports, {
      ...{ controller: MINISTRY, subject, place: "school/person.first_name", learntAt: clock.now(), by },
      what: "Le prénom porte une faute de frappe.",
    }),
  );
  const instruction = await unitOfWork.transaction(async (unit) => {
    const given = { controller: MINISTRY, kind: "restrict", clause: "D10.1a" } as const;
    const id = await ports.instructions.record(unit, {
      ...{ ...given, scope: { subject }, by: { role: "controllerDpo" } },
    });
    await ports.instructions.link(unit, MINISTRY, id, restriction);
    return id;
  });
  await executeRequest(ports, { controller: MINISTRY, request: restriction, instruction, by });
  return { inquiry: taken.inquiry, subject, access, restriction, report };
}
