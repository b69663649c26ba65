import {
  type GateOptions,
  inMemoryBackupCatalogue,
  inMemoryInstructions,
  inMemoryJobs,
  inMemoryJournal,
  inMemoryKnownPersons,
  inMemoryMailer,
  inMemoryReplayList,
  inMemoryRightsDesk,
  inMemorySubjectDirectory,
  inMemoryUnitOfWork,
  makeEvents,
  makeGate,
  makeIds,
  manualClock,
  type Ports,
  silentLog,
} from "@preau/kernel";

/** The kernel's ports, each its in-memory reference. The gate refuses everything until it is given a table. */
export function inMemoryPorts(gateOptions: Partial<GateOptions> = {}) {
  const clock = manualClock();
  const ids = makeIds(clock);
  const unitOfWork = inMemoryUnitOfWork();
  const gate = makeGate({ clock, tableFor: () => undefined, ...gateOptions });
  const events = makeEvents([]);
  return {
    clock,
    ids,
    log: silentLog,
    unitOfWork,
    jobs: inMemoryJobs({ clock, ids }),
    events,
    gate,
    journal: inMemoryJournal({ clock, ids }),
    subjects: inMemorySubjectDirectory({ ids }),
    mailer: inMemoryMailer({ ids, gate, unitOfWork }),
    instructions: inMemoryInstructions({ clock, ids, events }),
    rightsDesk: inMemoryRightsDesk({ clock, ids }),
    knownPersons: inMemoryKnownPersons(),
    sources: new Map() as Ports["sources"],
    backups: inMemoryBackupCatalogue(),
    replay: inMemoryReplayList(),
  };
}
