/** What objecting, or taking it back, means; and the button that does it. A look at this page changes nothing. @clause D13.3 */
import type { Language } from "@preau/kernel";
import { Button, Clause, Form } from "@preau/web";
import { textsOf } from "../texts.ts";

export interface ObjectionPageProps {
  readonly language: Language;
  readonly deed: "object" | "withdraw";
}

export function ObjectionPage({ language, deed }: ObjectionPageProps) {
  const words = textsOf(language);
  const isObjection = deed === "object";
  return (
    <>
      <p class="over">
        <a href="/releases">{words.back}</a>
      </p>
      <h1>
        {isObjection ? words.objectTitle : words.withdrawTitle} <Clause id="D13.3" />
      </h1>
      <p class="lead">{isObjection ? words.objectLead : words.withdrawLead}</p>
      <Form action={isObjection ? "/releases/objection" : "/releases/objection/withdrawal"}>
        <div class="actions">
          <Button>{isObjection ? words.objectConfirm : words.withdrawConfirm}</Button>
          <Button kind="secondary" href="/releases">
            {words.cancel}
          </Button>
        </div>
      </Form>
    </>
  );
}
