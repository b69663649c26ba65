/** How a case ends, and how what the desk has of it does. */
import type { Language } from "@preau/kernel";
import { Button, Clause, Form } from "@preau/web";
import type { CaseSeen } from "../http/case-view.ts";
import { textsOf } from "../texts.ts";

export interface CaseEndingsProps {
  readonly language: Language;
  readonly seen: CaseSeen;
  readonly keepDays: number;
}

export function CaseEndings({ language, seen: { line }, keepDays }: CaseEndingsProps) {
  const { cases } = textsOf(language);
  const isStuck = line.desk === "stuck";
  const path = `/support/cases/${line.id}`;
  return (
    <>
      {(line.desk === "there" || isStuck) && (
        <>
          <h2>
            {cases.eraseTitle} <Clause id="D12.2" />
          </h2>
          <Form action={`${path}/erasure`}>
            <p class="hint">{cases.eraseLead}</p>
            <p class="actions">
              <Button kind="danger" name="act" value="now">
                {isStuck ? cases.eraseAgain : cases.erase}
              </Button>
              {isStuck && (
                <Button kind="secondary" name="act" value="byHand">
                  {cases.eraseDone}
                </Button>
              )}
            </p>
          </Form>
        </>
      )}
      {line.state !== "closed" && (
        <>
          <h2>{cases.closeTitle}</h2>
          <Form action={`${path}/closing`}>
            <p class="hint">{cases.closeLead(keepDays)}</p>
            <Button kind="secondary">{cases.close}</Button>
          </Form>
        </>
      )}
    </>
  );
}
