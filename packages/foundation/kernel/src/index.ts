export {
  addHours,
  addMillis,
  type Clock,
  type Instant,
  instant,
  type ManualClock,
  manualClock,
  millisOf,
  systemClock,
} from "./clock.ts";
export {
  defineErrors,
  type ErrorEntry,
  type ErrorTable,
  type ExitCode,
  errors,
  type FaultDetail,
  faultsOf,
  isFault,
  PreauError,
} from "./errors.ts";
export {
  type EventHandler,
  type EventHandlers,
  type EventName,
  type Events,
  makeEvents,
  type PreauEvents,
} from "./events.ts";
export {
  type CategoryAnswer,
  type CheckAnswer,
  type Decision,
  type Flow,
  type GarSubject,
  type Gate,
  type GateCheck,
  type GateOptions,
  type GateRow,
  type GateTable,
  makeGate,
  type Operation,
  type Origin,
  Permit,
  type PermitUse,
  redeem,
  type SubjectRef,
} from "./gate.ts";
export {
  type ActorId,
  type ControllerId,
  controllerId,
  type EntryId,
  type Id,
  type Ids,
  type InstructionId,
  type JobId,
  type MessageId,
  makeIds,
  type ReceiptId,
  type SubjectId,
} from "./ids.ts";
export {
  type InstructedAct,
  type InstructionGiver,
  type InstructionKind,
  instructionKinds,
  type InstructionRefusal,
  type Instructions,
  type InstructionScope,
  type InstructionStanding,
  type InstructionUse,
  type NewInstruction,
  type Writing,
} from "./instructions.ts";
export type { Journal, JournalEntry, JournalEvent, JournalQuery, LogName } from "./journal.ts";
export { canonicalJson, type Json, type JsonObject } from "./json.ts";
export { type Bilingual, type Language } from "./language.ts";
export { type Log, type LogFields, silentLog } from "./log.ts";
export type { MailAddress, Mailer, Message } from "./mailer.ts";
export type { MessagePart, MessageTemplate } from "./message-template.ts";
export {
  type DataSubjectRight,
  dataSubjectRights,
  type InquiryId,
  otherRequests,
  type Received,
  type ReceivedRequest,
  type RequestChannel,
  requestChannels,
  type RequesterRole,
  type RequestId,
  type RequestMatter,
  type RightsDesk,
} from "./rights-desk.ts";
export {
  type BackupCatalogue,
  creationMark,
  type LastCopy,
  type ReplayEntry,
  type ReplayList,
} from "./backups.ts";
export type {
  AccessWindow,
  AccountFacts,
  AccountPage,
  AgedRows,
  DeletionRequest,
  Doors,
  Lifecycle,
} from "./lifecycle.ts";
export type {
  ActionResult,
  CollectRequest,
  EraseOptions,
  ErasurePlan,
  ErasureStep,
  Ground,
  Identifier,
  KeptRows,
  LookAgain,
  LookAgainReport,
  NotCovered,
  PersonalDataSource,
  PersonalRecord,
  RecordFile,
  PlanRequest,
  Rectification,
  RegisteredSource,
  SourceDescription,
  SubjectTarget,
  TableCount,
  Traces,
} from "./personal-data-source.ts";
export type {
  ColumnWords,
  Dump,
  ExportSource,
  Project,
  ProjectKind,
  ProjectRecord,
  ProjectRequest,
  RecordWords,
  Restitution,
  RowsRequest,
  TableWords,
  ValueForm,
} from "./export-source.ts";
export { exportWords } from "./export-words.ts";
export {
  type Command,
  type Due,
  type DueScope,
  emptyPlugin,
  type JobDefinition,
  type Migration,
  type Page,
  type Plugin,
  type PortName,
  type Ports,
  type Route,
  sortPlugins,
} from "./plugin.ts";
export { type ActorRole, actorRoles, type Who } from "./roles.ts";
export type { SubjectDirectory } from "./subject-directory.ts";
export { NotYet } from "./not-yet.ts";
export type { Job, JobHandler, JobRun, Jobs, Unit, UnitOfWork } from "./unit-of-work.ts";
export { exitCodeOf, overallVerdict, type Verdict } from "./verdict.ts";
export { inMemoryBackupCatalogue, inMemoryReplayList } from "./in-memory-backups.ts";
export {
  type InMemoryJob,
  type InMemoryJobs,
  type InMemoryJobsOptions,
  inMemoryJobs,
} from "./in-memory-jobs.ts";
export { type InMemoryJournal, type InMemoryJournalOptions, inMemoryJournal } from "./in-memory-journal.ts";
export { type InMemoryAccounts, inMemoryLifecycle } from "./in-memory-lifecycle.ts";
export { inMemoryLookAgain } from "./in-memory-look-again.ts";
export {
  type InMemoryMailer,
  type InMemoryMailerOptions,
  inMemoryMailer,
  type OutboxMessage,
} from "./in-memory-mailer.ts";
export { type InMemorySourceOptions, inMemoryPersonalDataSource } from "./in-memory-personal-data-source.ts";
export {
  type InMemoryRow,
  type InMemoryStore,
  type InMemoryTable,
  inMemoryStore,
} from "./in-memory-store.ts";
export { inMemorySubjectDirectory } from "./in-memory-subject-directory.ts";
export {
  inMemoryInstructions,
  type InMemoryInstructionsOptions,
  namesSomebody,
  requireWriting,
} from "./in-memory-instructions.ts";
export { type InstructionTerms, refuseInstruction, standingOf } from "./instruction-standing.ts";
export { inMemoryRightsDesk, type InMemoryRightsDesk, requireRequest } from "./in-memory-rights-desk.ts";
export { auditPath, treeHash } from "./in-memory-tree.ts";
export { assertOpen, inMemoryUnitOfWork, onCommit, onRollback } from "./in-memory-unit-of-work.ts";
export {
  type KnownPerson,
  type KnownPersons,
  type PersonWord,
  type PersonWordKind,
  personWordKinds,
} from "./known-persons.ts";
export { inMemoryKnownPersons } from "./in-memory-known-persons.ts";
