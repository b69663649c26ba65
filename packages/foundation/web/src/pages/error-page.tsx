/** An error as a person reads it: what, what to do, under which clause, and the reference to give us. */
import type { Problem } from "../http/problem.ts";
import { Definition } from "./definition.tsx";
import { Button } from "./form.tsx";
import { Clause } from "./notice.tsx";
import { usePage } from "./page-state.ts";

export function ErrorPage({ problem }: { readonly problem: Problem }) {
  const { texts } = usePage();
  const reference = problem.instance.slice(problem.instance.lastIndexOf(":") + 1);
  return (
    <>
      <p class="over">{problem.status}</p>
      <h1>{problem.title}</h1>
      {problem.remedy !== undefined && <p class="lead">{problem.remedy}</p>}
      <Definition
        narrow
        entries={[
          [texts.errorCode, <code>{problem.code}</code>],
          ...(problem.clause === undefined
            ? []
            : [[texts.errorClause, <Clause id={problem.clause} />] as const]),
          [texts.errorReference, <code>{reference}</code>],
        ]}
      />
      <Button kind="secondary" href="/">
        {texts.errorHome}
      </Button>
    </>
  );
}
