/**
 * Joining an old account, as pages: forms alone, no script. Codes and numbers travel in the bodies of forms, never in an
 * address. @clause DD.7
 */
import {
  type ActorRole,
  type Bilingual,
  type ControllerId,
  type Identifier,
  isFault,
  type PreauError,
} from "@preau/kernel";
import {
  controllerScope,
  namedController,
  type Session,
  sendPage,
  type WebHandler,
  type WebRequest,
  type WebRoute,
  webRoutes,
} from "@preau/web";
import type { AccountPorts } from "../accounts/account-ports.ts";
import { STORE } from "../accounts/accounts-personal-data.ts";
import { approveRelink, viewRelink } from "../accounts/approve-relink.ts";
import { type Asker, askRelink, cancelRelink, pendingRelink } from "../accounts/ask-relink.ts";
import type { Approver, RelinkWish } from "../accounts/judge-relink.ts";
import { noteRefusedRelink } from "../accounts/note-refused-relink.ts";
import { accountTextsOf } from "../accounts/texts.ts";
import { fault } from "../errors.ts";
import type { GarOptions } from "../options.ts";
import {
  ApproveRelinkPage,
  LookRelinkPage,
  RelinkedPage,
  type RelinkFields,
} from "../pages/approve-relink-page.tsx";
import { RelinkPage } from "../pages/relink-page.tsx";

type Response = Parameters<WebHandler>[1];

/** The controller's own people, and the publisher's officer, who names the instruction that the controller gave. */
export const relinkStaff = [
  "controllerAdministrator",
  "controllerDpo",
  "publisherDpo",
] as const satisfies readonly ActorRole[];

/** A code has 40 bits; a school comes from one address. */
const BRAKE = { attempts: 30, seconds: 60 } as const;
const CLAUSE = "DD.7";

export function accountRoutes(ports: AccountPorts, options: GarOptions): readonly WebRoute[] {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);

  const sendAsking = async (
    request: WebRequest,
    response: Response,
    made?: { code: string; expiresAt: Asked },
  ) => {
    const asker = askerOf(request.session);
    const pendingUntil = await inUnit((unit) => pendingRelink(unit, ports, asker));
    const { language } = request;
    const approves = options.relinkApprovers.includes(asker.role);
    sendPage(
      request,
      response,
      <RelinkPage {...{ language, made, pendingUntil, approves }} subject={asker.subject} />,
      {
        title: accountTextsOf(language).relink.title,
      },
    );
  };

  const ask: WebHandler = async (request, response) => {
    const asker = askerOf(request.session);
    const made = await inUnit((unit) => askRelink(unit, ports, options, asker));
    await sendAsking(request, response, made);
  };

  const cancel: WebHandler = async (request, response) => {
    const asker = askerOf(request.session);
    await inUnit((unit) => cancelRelink(unit, ports, asker));
    response.redirect(303, "/gar/relink");
  };

  const sendForm = async (
    request: WebRequest,
    response: Response,
    refused?: PreauError,
    oldError?: string,
  ) => {
    const { language, session } = request;
    const kinds = await kindsOf(ports, session?.data.controller);
    if (refused !== undefined) response.status(refused.status);
    if (oldError !== undefined) response.status(422);
    sendPage(
      request,
      response,
      <ApproveRelinkPage
        language={language}
        fields={fieldsOf(request)}
        kinds={kinds}
        staff={session?.data.actorRole !== "dataSubject"}
        namesInstruction={session?.data.actorRole === "publisherDpo"}
        refused={refused}
        oldError={oldError}
      />,
      { title: accountTextsOf(language).relink.approveTitle },
    );
  };

  const showForm: WebHandler = async (request, response) => {
    const { actorRole, role = "" } = request.session?.data ?? {};
    if (actorRole === "dataSubject" && !options.relinkApprovers.includes(role))
      throw fault("GAR_RELINK_NOT_APPROVER");
    await sendForm(request, response);
  };

  /** Runs a step of the approval; what it refuses is said on the form and journalled. */
  const attempt = async (
    request: WebRequest,
    response: Response,
    step: (asked: { approver: Approver; wish: RelinkWish }) => Promise<void>,
  ) => {
    const { language } = request;
    const words = accountTextsOf(language).relink;
    const fields = fieldsOf(request);
    const old = oldOf(fields);
    if (typeof old === "string" && !old.startsWith("sub_"))
      return sendForm(request, response, undefined, old === "" ? words.oldMissing : words.oldTwice);
    let approver: Approver | undefined;
    try {
      approver = approverOf(request);
      await step({ approver, wish: { code: fields.code, old: old as RelinkWish["old"] } });
    } catch (error) {
      if (!isFault(error) || !error.code.startsWith("GAR_RELINK_")) throw error;
      const by = approver;
      if (by !== undefined) await inUnit((unit) => noteRefusedRelink(unit, ports, by, error));
      await sendForm(request, response, error);
    }
  };

  const look: WebHandler = (request, response) =>
    attempt(request, response, async (asked) => {
      const view = await viewRelink(ports, options, asked);
      const { language } = request;
      const agreement = ports.agreements.of(asked.approver.controller);
      const nameIn = (words: readonly ({ id: string } & Bilingual)[], id: string) =>
        words.find((each) => each.id === id)?.[language] ?? id;
      const page = (
        <LookRelinkPage
          {...{ language, view }}
          fields={fieldsOf(request)}
          productName={nameIn(agreement.products, view.product)}
          roleName={nameIn(agreement.roles, view.role)}
        />
      );
      sendPage(request, response, page, { title: accountTextsOf(language).relink.lookTitle });
    });

  const confirm: WebHandler = (request, response) =>
    attempt(request, response, async (asked) => {
      await approveRelink(ports, options, asked);
      const { language } = request;
      sendPage(request, response, <RelinkedPage language={language} />, {
        title: accountTextsOf(language).relink.doneTitle,
      });
    });

  const approvers = ["dataSubject", ...relinkStaff] as const;
  const asking = { who: ["dataSubject"], clause: CLAUSE } as const;
  const approving = { who: approvers, clause: CLAUSE, rateLimit: BRAKE } as const;
  return webRoutes([
    { method: "get", path: "/gar/relink", handler: (...given) => sendAsking(...given), ...asking },
    { method: "post", path: "/gar/relink", handler: ask, ...asking, rateLimit: BRAKE },
    { method: "post", path: "/gar/relink/cancel", handler: cancel, ...asking },
    {
      method: "get",
      path: "/gar/relink/approve",
      handler: showForm,
      who: approvers,
      clause: CLAUSE,
    },
    { method: "post", path: "/gar/relink/approve", handler: look, ...approving },
    { method: "post", path: "/gar/relink/confirm", handler: confirm, ...approving },
  ]);
}

type Asked = Awaited<ReturnType<typeof askRelink>>["expiresAt"];

/** @throws GAR_RELINK_NO_ACCOUNT for a session that came by no provider of ours */
function askerOf(session: Session | undefined): Asker {
  const { controller, subject, product, role, origin } = session?.data ?? {};
  if (session === undefined || controller === undefined || subject === undefined)
    throw fault("GAR_RELINK_NO_ACCOUNT");
  if (product === undefined || role === undefined || origin === undefined)
    throw fault("GAR_RELINK_NO_ACCOUNT");
  const identifierKind = identifierKindOf(session);
  if (identifierKind === undefined) throw fault("GAR_RELINK_NO_ACCOUNT");
  return { controller, subject, product, role, origin, identifierKind, schools: schoolsOf(session) };
}

/** @throws GAR_RELINK_NOT_APPROVER, GAR_RELINK_NEEDS_INSTRUCTION */
function approverOf(request: WebRequest): Approver {
  const { session, form } = request;
  if (session === undefined) throw fault("GAR_RELINK_NOT_APPROVER");
  if (session.data.actorRole === "dataSubject") {
    const { controller, subject, origin, role } = session.data;
    const [identifierKind, schools] = [identifierKindOf(session), schoolsOf(session)];
    if (subject === undefined || origin === undefined || role === undefined || identifierKind === undefined)
      throw fault("GAR_RELINK_NOT_APPROVER");
    return { kind: "teacher", controller, subject, origin, identifierKind, role, schools };
  }
  const controller = namedController(request, controllerScope(session, ["publisherDpo"]));
  if (controller === undefined) throw fault("GAR_RELINK_NEEDS_INSTRUCTION");
  const { actorRole: role, actor } = session.data;
  const instruction = form.get("instruction")?.trim() ?? "";
  return {
    kind: "staff",
    controller,
    role,
    ...(actor === undefined ? {} : { actor }),
    ...(instruction === "" ? {} : { instruction }),
  };
}

/** By which kind of identifier the session's person signed in; undefined where no provider of ours vouched. */
function identifierKindOf({ sealed }: Session): string | undefined {
  const { identifierKind } = sealed;
  return typeof identifierKind === "string" ? identifierKind : undefined;
}

/** Schools stand in the part of a session that opens with its cookie alone. */
function schoolsOf({ sealed }: Session): readonly string[] {
  const { schools } = sealed;
  return Array.isArray(schools) ? schools.filter((each): each is string => typeof each === "string") : [];
}

function fieldsOf({ form, method }: WebRequest): RelinkFields {
  const field = (name: string) => (method === "POST" ? (form.get(name) ?? "").trim().slice(0, 200) : "");
  return {
    code: field("code"),
    old: field("old"),
    kind: field("kind"),
    number: field("number"),
    controller: field("controller"),
    instruction: field("instruction"),
  };
}

/** The old account that was named: "" for none, "twice" for two, a text of no form for what is no number. */
function oldOf({ old, kind, number }: RelinkFields): string | Identifier {
  const inApplication = kind !== "" && number !== "";
  if (old !== "" && (kind !== "" || number !== "")) return "twice";
  if (old !== "") return /^sub_[0-9a-z]{1,36}$/.test(old) ? old : "sub_";
  return inApplication ? { kind, value: number } : "";
}

/** Applications of a controller whose accounts have numbers, by the kind of these numbers. One that is silent is left out. */
async function kindsOf(
  { sources }: Pick<AccountPorts, "sources">,
  controller: ControllerId | undefined,
): Promise<readonly (readonly [string, Bilingual])[]> {
  const kinds: (readonly [string, Bilingual])[] = [];
  if (controller === undefined) return kinds;
  for (const { source, lifecycle } of sources.values()) {
    const { id, title, controller: only } = source.describe();
    if (id === STORE || lifecycle === undefined || (only !== undefined && only !== controller)) continue;
    const first = await lifecycle.accounts(controller, { limit: 1 }).catch(() => undefined);
    const kind = first?.accounts[0]?.identifier.kind;
    if (kind !== undefined) kinds.push([kind, title]);
  }
  return kinds;
}
