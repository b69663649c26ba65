/** The ledger: what was asked for in writing, newest first. */
import { type Instant, type InstructionKind, instructionKinds, type Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Table } from "@preau/web";
import type { Instruction, InstructionState } from "../instruction.ts";
import { textsOf } from "../texts.ts";

export interface ListedInstruction extends Instruction {
  readonly state: InstructionState;
}

export interface LedgerPageProps {
  readonly language: Language;
  readonly instructions: readonly ListedInstruction[];
  readonly filter: {
    readonly state?: InstructionState | undefined;
    readonly kind?: InstructionKind | undefined;
  };
  readonly several: boolean;
  readonly writes: boolean;
  readonly isOwn: boolean;
  readonly next?: Instant | undefined;
}

export const ledgerStates = ["inForce", "held", "notYet", "ended", "revoked"] as const;

export function LedgerPage(props: LedgerPageProps) {
  const { language, instructions, filter, several, writes, isOwn, next } = props;
  const words = textsOf(language);
  const client = { title: words.client, cell: ({ controller }: ListedInstruction) => controller };
  return (
    <>
      <h1>
        {words.title} <Clause id="D6.1c" />
      </h1>
      <p class="lead">{words.lead}</p>
      <div class="actions">
        {writes && <Button href="/instructions/new">{isOwn ? words.newTitle : words.newTitleStaff}</Button>}
        <Button kind="secondary" href="/instructions/observations">
          {words.observations}
        </Button>
        <Button kind="secondary" href="/notices">
          {words.notices}
        </Button>
        <Button kind="secondary" href="/instructions/of">
          {words.ofTitle}
        </Button>
      </div>
      <Form action="/instructions" method="get" class="filters">
        <Field
          name="state"
          label={words.filterState}
          value={filter.state ?? ""}
          options={[["", words.all], ...ledgerStates.map((each) => [each, words.states[each]] as const)]}
        />
        <Field
          name="kind"
          label={words.filterKind}
          value={filter.kind ?? ""}
          options={[["", words.all], ...instructionKinds.map((each) => [each, words.kinds[each]] as const)]}
        />
        <Button kind="secondary">{words.filter}</Button>
      </Form>
      <Table<ListedInstruction>
        caption={words.list}
        empty={words.empty}
        stacked
        columns={[
          {
            title: words.kind,
            cell: ({ id, kind, clause }) => (
              <>
                <a href={`/instructions/${id}`}>{words.kinds[kind]}</a> <Clause id={clause} />
              </>
            ),
          },
          ...(several ? [client] : []),
          {
            title: words.state,
            cell: ({ state, flaggedAt }) => (
              <>
                {words.states[state]}
                {flaggedAt !== undefined && state === "inForce" && (
                  <span class="below">{words.flaggedTitle}</span>
                )}
              </>
            ),
          },
          {
            title: words.given,
            cell: ({ recordedAt, writing }) => (
              <>
                <Moment at={writing?.receivedAt ?? recordedAt} />
                <span class="below">
                  {writing === undefined ? words.page : words.allMeans[writing.means]}
                </span>
              </>
            ),
          },
          {
            title: words.ends,
            cell: ({ endsAt, revoked }) => {
              const at = revoked?.at ?? endsAt;
              return at === undefined ? words.never : <Moment at={at} />;
            },
          },
        ]}
        rows={instructions}
      />
      {next !== undefined && (
        <div class="actions">
          <Button kind="secondary" href={nextHref(filter, next)}>
            …
          </Button>
        </div>
      )}
    </>
  );
}

function nextHref({ state, kind }: LedgerPageProps["filter"], before: Instant): string {
  const query = new URLSearchParams({ before });
  if (state !== undefined) query.set("state", state);
  if (kind !== undefined) query.set("kind", kind);
  return `/instructions?${query.toString()}`;
}
