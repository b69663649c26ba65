/** Everything that one case's page shows, as its reader may see it. */
import { type Inquiry, type Request, viewInquiry } from "@preau/data-subject-requests";
import type { Bilingual, InquiryId, InstructionId } from "@preau/kernel";
import { PUBLISHER, type WebRequest } from "@preau/web";
import { type AnswerGuard, guardAnswer } from "../answer-guard.ts";
import { mayBeAssigned } from "../assign-writer.ts";
import { isOpened } from "../case-access.ts";
import { fault } from "../errors.ts";
import type { SupportBridgeOptions } from "../options.ts";
import { type ShownCase, showCase, showLines } from "../show-case.ts";
import { isAgent, type PeoplePorts, readerOf, scopeOf } from "./support-access.ts";

export interface CaseSeen extends ShownCase {
  /** Acts in it: our own people, where the words are open to them. */
  readonly acts: boolean;
  /** Our own people say why before they see a client's cases. */
  readonly asksWhy: boolean;
  readonly guard?: AnswerGuard;
  /** The agreement's words for them. */
  readonly titles: { readonly product: string | undefined; readonly role: string | undefined };
  /** Of messages that went to the rights desk. */
  readonly inquiries: ReadonlyMap<
    InquiryId,
    { readonly inquiry: Inquiry; readonly requests: readonly Request[] }
  >;
  readonly assignable?: {
    /** Empty where there are too many for a list. */
    readonly clients: readonly (readonly [id: string, name: string])[];
    readonly products: readonly (readonly [id: string, name: string])[];
  };
}

type Titled = { readonly id: string } & Bilingual;

/** That a list on a page is read. */
const MOST_CLIENTS = 200;

/** @throws SUPPORT_NO_CASE for another controller's too */
export async function seeCase(
  ports: PeoplePorts,
  options: SupportBridgeOptions,
  request: WebRequest,
  instruction?: InstructionId,
): Promise<CaseSeen> {
  const asked = { scope: scopeOf(request), id: String(request.params["id"]) };
  const agent = isAgent(request);
  const seen = await ports.unitOfWork.transaction(
    async (unit): Promise<Omit<CaseSeen, "inquiries" | "titles">> => {
      const lines = await showLines(unit, asked);
      if (lines === undefined) throw fault("SUPPORT_NO_CASE");
      if (!agent) return { ...lines, acts: false, asksWhy: false };
      if (!(await isOpened(unit, lines.line, readerOf(request))))
        return { ...lines, acts: false, asksWhy: true };
      const shown = (await showCase(unit, ports, options, asked)) ?? lines;
      const guard = await guardAnswer(unit, ports, options, {
        line: shown.line,
        words: shown.words.map(({ line }) => line),
        ...(instruction === undefined ? {} : { instruction }),
      });
      const isAssignable = mayBeAssigned(shown.line) && shown.line.textGoneAt === undefined;
      const listed = isAssignable
        ? await ports.contracts.list(unit, { scope: "all", limit: MOST_CLIENTS, offset: 0 })
        : undefined;
      return {
        ...{ ...shown, acts: true, asksWhy: false, guard },
        ...(listed === undefined
          ? {}
          : {
              assignable: {
                clients:
                  listed.total > MOST_CLIENTS
                    ? []
                    : listed.controllers
                        .filter(({ id }) => id !== PUBLISHER)
                        .map(({ id, name }) => [id, name] as const),
                products: ports.agreements
                  .of(shown.line.controller)
                  .products.map((product) => [product.id, product[request.language]] as const),
              },
            }),
      };
    },
  );
  const inquiries = new Map<InquiryId, Awaited<ReturnType<typeof viewInquiry>>>();
  if (agent && !seen.asksWhy)
    for (const { line } of seen.words)
      if (line.inquiry !== undefined) inquiries.set(line.inquiry, await viewInquiry(ports, line.inquiry));
  const { line } = seen;
  const agreement = ports.agreements.of(line.controller);
  const titleOf = (list: readonly Titled[], id: string | undefined) =>
    list.find((each) => each.id === id)?.[request.language] ?? id;
  const titles = {
    product: titleOf(agreement.products, line.product),
    role: titleOf(agreement.roles, line.role),
  };
  return { ...seen, inquiries, titles };
}
