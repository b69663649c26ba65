/** The look that waits for a store's documented delay, and the receipt that it filed. towards D12.2 */
import type { Receipt } from "@preau/journal";
import type { Language } from "@preau/kernel";
import { Button, Moment, Verdict } from "@preau/web";
import type { LaterLook } from "../later-look.ts";
import { textsOf } from "../texts.ts";
import { StoresTable } from "./stores-table.tsx";

export interface LaterLookPartProps {
  readonly language: Language;
  readonly look: LaterLook;
  /** Present once somebody has looked. */
  readonly receipt: Receipt | undefined;
  readonly titleOf: (store: string) => string;
}

export function LaterLookPart({ language, look, receipt, titleOf }: LaterLookPartProps) {
  const words = textsOf(language);
  return (
    <section>
      <h2>{words.laterTitle}</h2>
      {receipt === undefined ? (
        <p>
          {words.laterWaits} <Moment at={look.lookAt} />
        </p>
      ) : (
        <>
          <p>
            <Verdict verdict={receipt.verdict} /> <code>{receipt.id}</code>, <Moment at={receipt.closedAt} />
          </p>
          <p class="hint">
            {words.laterFollows} <code>{look.receipt}</code>
          </p>
          <StoresTable language={language} stores={receipt.stores} titleOf={titleOf} />
          <div class="actions">
            <Button kind="secondary" href={`/erasures/${look.erasure}/later-receipt`}>
              {words.laterDownload}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
