/**
 * Who has an account and since when it rests, for the rules of retention: role and origin of the last sign-in, and its
 * moment. The end of a school year is reckoned from that moment by the rules themselves; nothing of it is copied here, and
 * no period is ours. A person who has several accounts is one. @clause D12.4
 */
import type { AccountFacts, Lifecycle, SubjectId, Unit } from "@preau/kernel";
import {
  type AccountRow,
  accountsOfSubjects,
  originOfProvider,
  subjectsWithAccounts,
} from "../store/account-rows.ts";
import { ACCOUNT_KIND, accountIdentifier } from "./account-links.ts";
import type { AccountPorts } from "./account-ports.ts";

export function accountsLifecycle({ unitOfWork }: Pick<AccountPorts, "unitOfWork">): Lifecycle {
  const factsIn = async (
    unit: Unit,
    controller: AccountRow["controller"],
    subjects: readonly SubjectId[],
  ) => {
    const rows = await accountsOfSubjects(unit, controller, subjects);
    const known = new Map<SubjectId, AccountRow[]>();
    for (const row of rows) known.set(row.subject, [...(known.get(row.subject) ?? []), row]);
    return [...known].map(([subject, own]) => factsOf(subject, own));
  };
  return {
    accounts: (controller, { after = "", limit }) =>
      unitOfWork.transaction(async (unit) => {
        const found = await subjectsWithAccounts(unit, controller, { after, limit: limit + 1 });
        const subjects = found.slice(0, limit);
        const accounts = await factsIn(unit, controller, subjects);
        const next = found.length > limit ? subjects.at(-1) : undefined;
        return { accounts, ...(next === undefined ? {} : { next }) };
      }),
    factsOf: (controller, identifiers) => {
      const subjects = identifiers
        .filter(({ kind }) => kind === ACCOUNT_KIND)
        .map(({ value }) => value as SubjectId);
      return subjects.length === 0
        ? Promise.resolve([])
        : unitOfWork.transaction((unit) => factsIn(unit, controller, subjects));
    },
  };
}

function factsOf(subject: SubjectId, rows: readonly AccountRow[]): AccountFacts {
  const last = rows.reduce((latest, each) => (each.last_at > latest.last_at ? each : latest));
  return {
    identifier: accountIdentifier(subject),
    role: last.role,
    origin: originOfProvider(last.provider),
    createdAt: rows.reduce((first, { first_at }) => (first_at < first ? first_at : first), last.first_at),
    lastActivity: last.last_at,
  };
}
