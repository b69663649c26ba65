import {
  type Flow,
  type GateRow,
  type InMemoryAccounts,
  type InMemoryRow,
  inMemoryBackupCatalogue,
  inMemoryInstructions,
  inMemoryJobs,
  inMemoryJournal,
  inMemoryKnownPersons,
  inMemoryLifecycle,
  inMemoryLookAgain,
  inMemoryMailer,
  inMemoryPersonalDataSource,
  inMemoryReplayList,
  inMemoryRightsDesk,
  inMemoryStore,
  inMemorySubjectDirectory,
  inMemoryUnitOfWork,
  instant,
  makeGate,
  makeIds,
  manualClock,
  onRollback,
  type SubjectTarget,
  systemClock,
} from "@preau/kernel";
import {
  backupCatalogueContract,
  clockContract,
  gateContract,
  instructionsContract,
  jobsContract,
  journalContract,
  knownPersonsContract,
  lifecycleContract,
  mailerContract,
  personalDataSourceContract,
  replayListContract,
  rightsDeskContract,
  someControllers,
  subjectDirectoryContract,
  unitOfWorkContract,
} from "../src/index.ts";
import { verifyProof } from "./verify-proof.ts";

const clock = manualClock();
const ids = makeIds(clock);

clockContract("system", () => ({
  clock: systemClock,
  elapse: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}));
clockContract("manual", () => {
  const manual = manualClock();
  return { clock: manual, elapse: (milliseconds) => manual.advance(milliseconds) };
});

unitOfWorkContract("in memory", () => {
  const rows: string[] = [];
  return {
    unitOfWork: inMemoryUnitOfWork(),
    put: async (unit, value) => {
      onRollback(unit, () => rows.splice(rows.indexOf(value), 1));
      rows.push(value);
    },
    values: async () => [...rows],
  };
});

jobsContract("in memory", (definitions) => {
  const ownClock = manualClock();
  const jobs = inMemoryJobs({ clock: ownClock, ids: makeIds(ownClock), definitions });
  return {
    unitOfWork: inMemoryUnitOfWork(),
    jobs,
    clock: ownClock,
    elapse: (milliseconds) => ownClock.advance(milliseconds),
    work: async () => {
      await jobs.drain();
    },
  };
});

gateContract("in memory", ({ clock: given, checks, renew }) => {
  const [controller] = someControllers(1) as [Flow["controller"]];
  const allowed: Flow = {
    ...{ controller, product: "kaligo", operation: "send", origin: "outsideGar", role: "teacher" },
    ...{ categories: ["identity", "email"], purpose: "support", recipient: "desk" },
  };
  const yes = { allowed: true, clause: "DB.K.teacher", reason: "ALLOWED" };
  const no = { allowed: false, clause: "DB.K.teacher", reason: "UNNAMED_CATEGORY" };
  const named: GateRow = {
    answers: new Map([
      ["identity", yes],
      ["email", yes],
    ]),
    otherwise: no,
  };
  const unnamed: GateRow = { answers: new Map(), otherwise: { ...no, reason: "UNNAMED_FLOW" } };
  const words = ["product", "operation", "origin", "role", "purpose", "recipient"] as const;
  const row = (flow: Flow) => (words.every((word) => flow[word] === allowed[word]) ? named : unnamed);
  const table = { agreement: "sha256:test", row };
  const tableFor = (asked: Flow["controller"]) => (asked === controller ? table : undefined);
  const gate = makeGate({ clock: given, checks, tableFor, ...(renew === undefined ? {} : { renew }) });
  return { gate, unitOfWork: inMemoryUnitOfWork(), allowed, elsewhere: "birthDate" };
});

subjectDirectoryContract("in memory", () => ({
  unitOfWork: inMemoryUnitOfWork(),
  directory: inMemorySubjectDirectory({ ids }),
}));

journalContract("in memory", () => {
  const journal = inMemoryJournal({ clock, ids });
  return {
    unitOfWork: inMemoryUnitOfWork(),
    journal,
    settle: async () => undefined,
    verify: async (proof) => verifyProof(proof, journal.publicKey),
  };
});

mailerContract("in memory", (gate) => {
  const unitOfWork = inMemoryUnitOfWork();
  const mailer = inMemoryMailer({ ids, gate, unitOfWork });
  return {
    unitOfWork,
    mailer,
    deliver: () => mailer.deliver(),
    delivered: async () =>
      mailer
        .outbox()
        .filter(({ state }) => state === "delivered")
        .map(({ message }) => message),
  };
});

instructionsContract("in memory", ({ clock: given, events }) => ({
  unitOfWork: inMemoryUnitOfWork(),
  instructions: inMemoryInstructions({ clock: given, ids: makeIds(given), events }),
}));

rightsDeskContract("in memory", ({ clock: given }) => {
  const [controller, otherController] = someControllers(2) as [Flow["controller"], Flow["controller"]];
  return {
    ...{ controller, otherController, subject: "sub_1", otherSubject: "sub_2" },
    unitOfWork: inMemoryUnitOfWork(),
    rightsDesk: inMemoryRightsDesk({ clock: given, ids: makeIds(given) }),
  };
});

knownPersonsContract("in memory", () => ({
  unitOfWork: inMemoryUnitOfWork(),
  knownPersons: inMemoryKnownPersons(),
}));

personalDataSourceContract("in memory", () => {
  const store = inMemoryStore([
    { name: "account", category: "identity", purpose: "platform", verdict: "erase" },
    { name: "result", category: "results", purpose: "platform", verdict: "erase" },
    { name: "sign_in", category: "connection", purpose: "security", verdict: "anonymise" },
    {
      name: "invoice",
      category: "professional",
      purpose: "contract",
      verdict: { reason: "tax law", clause: "D6.2c" },
    },
    { name: "note", category: "support", purpose: "support", verdict: "erase" },
  ]);
  const [controller, otherController] = someControllers(2) as [Flow["controller"], Flow["controller"]];
  const add = (table: string, person: string, fields: Record<string, string>) => {
    const row: InMemoryRow = { id: ids.next("row"), controller, person, fields };
    store.rows.get(table)?.push(row);
  };
  return {
    source: inMemoryPersonalDataSource({ store }),
    second: inMemoryLookAgain(store),
    controller,
    otherController,
    populate: async ({ foreignId, givenName, familyName, login, email }): Promise<SubjectTarget> => {
      add("account", foreignId, { givenName, familyName, login, email });
      for (const score of ["12", "15", "9"]) add("result", foreignId, { score });
      add("sign_in", foreignId, { login });
      add("sign_in", foreignId, { login });
      add("invoice", foreignId, { number: `F-${foreignId}` });
      return {
        subject: ids.next("sub"),
        identifiers: [
          { kind: "memory.person", value: foreignId },
          { kind: "mail", value: email },
          { kind: "login", value: login },
        ],
      };
    },
    relate: async (about, { person }) => {
      const owner = about.identifiers.find(({ kind }) => kind === "memory.person")?.value ?? "";
      add("note", owner, { text: `Écrit avec ${person.email}, ${person.login}` });
    },
    snapshot: async () =>
      new Map(
        [...store.rows].map(([table, rows]) => [
          table,
          new Map(rows.map((row) => [row.id, JSON.stringify(row)])),
        ]),
      ),
    correctable: { where: "account", field: "familyName" },
    plant: async (text) => add("note", "", { text }),
    breakWrites: async () => {
      let writes = 0;
      store.beforeWrite = () => {
        writes += 1;
        if (writes > 2) throw new Error("the disk is full");
      };
      return async () => {
        store.beforeWrite = () => undefined;
      };
    },
  };
});

replayListContract("in memory", () => ({ list: inMemoryReplayList() }));

backupCatalogueContract("in memory", () => ({
  catalogue: inMemoryBackupCatalogue({ moodle: { date: "2027-05-01", basis: "generations" } }),
  controller: someControllers(1)[0] as Flow["controller"],
  source: "moodle",
  erasedAt: instant("2026-11-26T10:00:00.000Z"),
}));

lifecycleContract("in memory", () => {
  const held: InMemoryAccounts = { accounts: [], requests: [], events: [], doors: "open" };
  const [controller, otherController] = someControllers(2) as [Flow["controller"], Flow["controller"]];
  return {
    lifecycle: inMemoryLifecycle(controller, held),
    controller,
    otherController,
    kind: "memory.account",
    add: async (facts) => {
      const identifier = { kind: "memory.account", value: String(held.accounts.length + 1) };
      held.accounts.push({ identifier, ...facts });
      return identifier;
    },
    log: async (at) => {
      held.events.push(at);
    },
    doorsAsStored: async () => held.doors,
    shut: async () => {
      held.doors = "administratorsOnly";
    },
  };
});
