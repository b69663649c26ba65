/** An error as a person reads it: what, what to do, under which clause, and the reference to give us. */
import type { Problem } from "../http/problem.ts";
import { Definition } from "./definition.tsx";
import { Clause, Notice } from "./notice.tsx";
import { usePage } from "./page-state.ts";

export function ErrorPage({ problem }: { readonly problem: Problem }) {
  const { texts } = usePage();
  const reference = problem.instance.slice(problem.instance.lastIndexOf(":") + 1);
  return (
    <>
      <p class="over">{problem.status}</p>
      <h1>{problem.title}</h1>
      {problem.remedy !== undefined && (
        <Notice kind={problem.status >= 500 ? "danger" : "info"} title={texts.errorTitle}>
          <p>{problem.remedy}</p>
        </Notice>
      )}
      <Definition
        entries={[
          [texts.errorCode, <code>{problem.code}</code>],
          ...(problem.clause === undefined
            ? []
            : [[texts.errorClause, <Clause id={problem.clause} />] as const]),
          [texts.errorReference, <code>{reference}</code>],
        ]}
      />
      <p>
        <a href="/">{texts.errorHome}</a>
      </p>
    </>
  );
}
