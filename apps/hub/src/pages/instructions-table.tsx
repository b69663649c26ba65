/** The instructions of a controller, newest first, with what held before each. */
import { type RecordedInstruction, revertible } from "@preau/contracts";
import { actorRoles, type Language } from "@preau/kernel";
import { Clause, Moment, Table } from "@preau/web";
import type { ControllerView } from "../controller-view.ts";
import type { ContractsTexts } from "../locales/contracts-fr.ts";
import { fieldName, sayValue } from "./changes-table.tsx";

export function InstructionsTable({
  words,
  language,
  view,
  instructions,
  reverts,
}: {
  readonly words: ContractsTexts;
  readonly language: Language;
  readonly view: Pick<ControllerView, "controller" | "contracts">;
  readonly instructions: readonly RecordedInstruction[];
  readonly reverts: boolean;
}) {
  const referenceOf = (id: string | undefined) => view.contracts.find((each) => each.id === id)?.reference;
  const columns = [
    { title: words.when, cell: (row: RecordedInstruction) => <Moment at={row.recordedAt} /> },
    {
      title: words.what,
      cell: (row: RecordedInstruction) => (
        <>
          {[words.deeds[row.deed], referenceOf(row.contract)].filter(Boolean).join(", ")}{" "}
          {row.clause !== undefined && <Clause id={row.clause} />}
          {row.reverts !== undefined && <small> {words.reverts}</small>}
        </>
      ),
    },
    { title: words.who, cell: (row: RecordedInstruction) => actorRoles[row.actorRole][language] },
    { title: `${words.before} → ${words.after}`, cell: (row: RecordedInstruction) => changed(words, row) },
    ...(reverts
      ? [
          {
            title: words.revert,
            cell: (row: RecordedInstruction) =>
              revertible.has(row.deed) ? (
                <a
                  href={`/controllers/${view.controller.id}/instructions/${row.id}/reversal`}
                  aria-label={`${words.revert}, ${words.deeds[row.deed]}`}
                >
                  {words.revert}
                </a>
              ) : (
                "–"
              ),
          },
        ]
      : []),
  ];
  return <Table caption={words.history} columns={columns} rows={instructions} empty={words.historyEmpty} />;
}

/** Of what is new only what holds now is said: there was nothing before it. */
function changed(words: ContractsTexts, { before, after }: RecordedInstruction) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !["agreement", "officer", "filled"].includes(name),
  );
  const isNew = Object.keys(before).length === 0;
  if (names.length === 0) return "–";
  return (
    <ul class="plain">
      {names.map((name) => (
        <li key={name}>
          {fieldName(words, name)}
          {words.language === "fr" ? " : " : ": "}
          {isNew ? "" : `${sayValue(words, before[name])} → `}
          {sayValue(words, after[name])}
        </li>
      ))}
    </ul>
  );
}
