/** Routes of the person whose account it is: ask, follow, download; and of who answers for it: follow, download. */
import type { Receipt } from "@preau/journal";
import type { Language, Unit } from "@preau/kernel";
import { type Session, sendPage, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import type { Response } from "express";
import type { Erasure, ErasureId } from "../erasure.ts";
import { fault } from "../errors.ts";
import { DeletionPage } from "../pages/deletion-page.tsx";
import { ErasurePage } from "../pages/erasure-page.tsx";
import { planStores, targetsOf } from "../plan-stores.ts";
import type { RetentionPorts } from "../retention-ports.ts";
import { findOpenErasure, readErasure } from "../store/erasures.ts";
import { readLaterLook } from "../store/later-looks.ts";
import { textsOf } from "../texts.ts";
import { scopeOf } from "./retention-access.ts";

/** What a session keeps of the order when its person is gone: enough to follow it, nothing to be recognised by. */
const FOLLOWS = "retention.erasure";

/** The route table. Whoever may not follow an erasure is told that there is none. @clause D12.2 */
export function erasureRoutes(ports: RetentionPorts): readonly WebRoute[] {
  const titlesIn = (language: Language) => (store: string) =>
    ports.sources.get(store)?.source.describe().title[language] ?? store;

  const showDeletion = async (request: WebRequest, response: Response) => {
    const { controller, subject } = subjectOf(request);
    const targets = await ports.unitOfWork.transaction((unit) =>
      targetsOf(ports, unit, controller, [subject]),
    );
    const plans = await planStores(ports.sources, targets, { controller, ground: "account-deleted" });
    const { language } = request;
    sendPage(
      request,
      response,
      <DeletionPage language={language} plans={plans} titleOf={titlesIn(language)} />,
      {
        title: textsOf(language).deletionTitle,
      },
    );
  };

  const orderDeletion = async (request: WebRequest, response: Response) => {
    const { controller, subject, session } = subjectOf(request);
    const id = await ports.unitOfWork.transaction(async (unit) => {
      await ports.events.emit(unit, "account.deletionRequested", {
        controller,
        subject,
        origin: session.data.origin ?? "outsideGar",
        ground: "account-deleted",
        requestedBy: "dataSubject",
        requestedAt: request.receivedAt,
      });
      const order = { controller, subjects: [subject], ground: "account-deleted", runner: "worker" } as const;
      return findOpenErasure(unit, order);
    });
    if (id === undefined) throw fault("RETENTION_NO_ERASURE");
    await request.signIn({
      data: { controller, actorRole: "dataSubject", categories: [], dropped: [], refusals: [] },
      sealed: { [FOLLOWS]: id },
    });
    response.redirect(303, `/erasures/${id}`);
  };

  const showErasure = async (request: WebRequest, response: Response) => {
    const erasure = await followed(request);
    const receipt = erasure.state === "closed" ? await receiptOf(erasure) : undefined;
    if (receipt === undefined) response.setHeader("Refresh", "2");
    const look = await laterLookOf(erasure);
    const later = look && { look, receipt: parsed(await laterFileOf(erasure)) };
    const { language } = request;
    sendPage(
      request,
      response,
      <ErasurePage
        language={language}
        erasure={erasure}
        receipt={receipt}
        later={later}
        titleOf={titlesIn(language)}
      />,
      {
        title: textsOf(language).erasureTitle,
      },
    );
  };

  const downloadReceipt = async (request: WebRequest, response: Response) => {
    const erasure = await followed(request);
    const file = erasure.state === "closed" ? await fileOf(erasure) : undefined;
    if (file === undefined) throw fault("RETENTION_RECEIPT_NOT_READY", { place: erasure.id });
    response.setHeader(
      "Content-Disposition",
      `attachment; filename="receipt-${erasure.receipt ?? erasure.id}.json"`,
    );
    response.type("application/json").send(file);
  };

  const downloadLaterReceipt = async (request: WebRequest, response: Response) => {
    const erasure = await followed(request);
    const file = await laterFileOf(erasure);
    if (file === undefined) throw fault("RETENTION_RECEIPT_NOT_READY", { place: erasure.id });
    response.setHeader("Content-Disposition", `attachment; filename="receipt-${erasure.id}-later.json"`);
    response.type("application/json").send(file);
  };

  const laterLookOf = ({ controller, id }: Erasure) =>
    ports.unitOfWork.transaction((unit) => readLaterLook(unit, controller, id));

  const laterFileOf = async (erasure: Erasure): Promise<string | undefined> => {
    const followUp = (await laterLookOf(erasure))?.followUp;
    return followUp && ports.receipts.receiptFile(erasure.controller, followUp);
  };

  const fileOf = async (erasure: Erasure): Promise<string | undefined> =>
    erasure.receipt && ports.receipts.receiptFile(erasure.controller, erasure.receipt);

  const receiptOf = async (erasure: Erasure): Promise<Receipt | undefined> => {
    return parsed(await fileOf(erasure));
  };

  /** The erasure of the address, if this session may follow it; otherwise it does not exist. */
  const followed = async (request: WebRequest): Promise<Erasure> => {
    const { session } = request;
    const id = String(request.params["id"]) as ErasureId;
    const erasure =
      session &&
      (await ports.unitOfWork.transaction((unit: Unit) => readErasure(unit, scopeOf({ session }), id)));
    if (session === undefined || erasure === undefined || !mayFollow(session, erasure))
      throw fault("RETENTION_NO_ERASURE");
    return erasure;
  };

  return webRoutes([
    {
      method: "get",
      path: "/account/deletion",
      handler: showDeletion,
      who: ["dataSubject"],
      clause: "D12.1",
    },
    {
      method: "post",
      path: "/account/deletion",
      handler: orderDeletion,
      who: ["dataSubject"],
      clause: "D12.2",
    },
    { method: "get", path: "/erasures/:id", handler: showErasure, who: "signedIn", clause: "D12.2" },
    {
      method: "get",
      path: "/erasures/:id/receipt",
      handler: downloadReceipt,
      who: "signedIn",
      clause: "D12.2",
    },
    {
      method: "get",
      path: "/erasures/:id/later-receipt",
      handler: downloadLaterReceipt,
      who: "signedIn",
      clause: "D12.2",
    },
  ]);
}

function parsed(file: string | undefined): Receipt | undefined {
  return file === undefined ? undefined : (JSON.parse(file) as Receipt);
}

function mayFollow(session: Session, erasure: Erasure): boolean {
  if (session.sealed[FOLLOWS] === erasure.id) return true;
  if (session.data.subject !== undefined) return erasure.subjects.includes(session.data.subject);
  return ["controllerAdministrator", "controllerDpo", "publisherDpo", "auditor"].includes(
    session.data.actorRole,
  );
}

function subjectOf(request: WebRequest) {
  const { session } = request;
  const subject = session?.data.subject;
  if (session === undefined || subject === undefined) throw fault("RETENTION_NO_ERASURE");
  return { session, subject, controller: session.data.controller };
}
