/** One request, as each reader may see it. */
import type { InquiryId, Language } from "@preau/kernel";
import { Button, Clause, Notice } from "@preau/web";
import type { Relay } from "../relay.ts";
import type { RelayPackage } from "../relay-package.ts";
import type { Request } from "../request.ts";
import { textsOf } from "../texts.ts";
import type { StoreOfPerson } from "../where-is-the-data.ts";
import { CaseAnswerForms } from "./case-answer-forms.tsx";
import { CaseExecution, type CaseExecutionProps } from "./case-execution.tsx";
import { CaseClocks, CaseFacts, CaseTimeline } from "./case-facts.tsx";
import { CaseRelayForms } from "./case-relay-forms.tsx";
import { PackageView } from "./package-view.tsx";
import { StoresTable } from "./stores-table.tsx";

export interface RequestPageProps {
  readonly language: Language;
  readonly request: Request;
  /** What the controller is called. */
  readonly controllerName: string;
  readonly relays: readonly Relay[];
  readonly inquiries: readonly InquiryId[];
  readonly categoryName: (id: string) => string;
  /** For the controller's own people: what the relay carries. */
  readonly given?: RelayPackage | undefined;
  /** For the publisher's officer: counts alone. */
  readonly stores?: readonly StoreOfPerson[] | undefined;
  readonly execution?: Omit<CaseExecutionProps, "language" | "request"> | undefined;
  readonly may: {
    readonly answer: boolean;
    readonly relay: boolean;
    readonly handOver: boolean;
    /** The controller wrote to the publisher's officer, who writes that down. */
    readonly writeDown: boolean;
  };
  readonly link?: string | undefined;
  readonly refused?: { readonly says: string; readonly remedy: string | undefined } | undefined;
}

export function RequestPage(props: RequestPageProps) {
  const { language, request, controllerName, relays, inquiries, categoryName, given, stores, may } = props;
  const { one, matters } = textsOf(language);
  const { refused, execution } = props;
  return (
    <>
      <p class="over">
        <a href="/requests">{one.back}</a> · {controllerName}
      </p>
      <h1>
        {matters[request.matter]} <Clause id="D10.1a" />
      </h1>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says}>
          {refused.remedy !== undefined && <p>{refused.remedy}</p>}
        </Notice>
      )}
      <CaseClocks {...{ language, request }} />
      {given === undefined ? (
        <CaseFacts {...{ language, request, inquiries }} />
      ) : (
        <>
          <h2>{one.package}</h2>
          <PackageView {...{ language, given, categoryName }} />
        </>
      )}
      {may.answer && <CaseAnswerForms {...{ language, request }} writesDown={false} />}
      {(may.relay || may.handOver) && (
        <CaseRelayForms {...{ language, request }} link={props.link} relays={may.relay} />
      )}
      {stores !== undefined && (
        <>
          <h2>{one.where}</h2>
          <p>{one.whereLead}</p>
          <StoresTable {...{ language, stores, categoryName }} />
        </>
      )}
      {execution !== undefined && <CaseExecution {...{ language, request, ...execution }} />}
      {may.writeDown && <CaseAnswerForms {...{ language, request }} writesDown />}
      <h2>{one.history}</h2>
      <CaseTimeline {...{ language, request, relays }} />
      <p class="hint">
        {one.number} <code>{request.id}</code>
      </p>
      {may.answer && (
        <p>
          <Button kind="secondary" href="/requests">
            {one.backToAll}
          </Button>
        </p>
      )}
    </>
  );
}
