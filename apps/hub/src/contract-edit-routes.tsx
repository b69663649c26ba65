/** The routes of the edits: the form, what it would change, the change itself. Each edit is a line of `editForms`. */
import { type Edit, errors, type Issue, readControllerValues, registerController } from "@preau/contracts";
import { type ControllerId, controllerId, isFault, type PreauError } from "@preau/kernel";
import { type FieldProps, sendPage, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { actorOf, controllerIn, staff, type WebResponse, wordsOf } from "./contract-access.ts";
import { type Asking, type EditForm, editForms, FormRefused, placeOf, versionOf } from "./contract-edits.ts";
import { controllerFields } from "./contract-fields.ts";
import { readControllerView } from "./controller-view.ts";
import type { Hub } from "./hub.ts";
import {
  ContractConfirmPage,
  ContractEditPage,
  type ContractEditPageProps,
} from "./pages/contract-edit-page.tsx";
import { previewEdit } from "./preview-edit.ts";

export function contractEditRoutes(hub: Hub): readonly WebRoute[] {
  return webRoutes([
    {
      method: "get",
      path: "/contracts/register",
      who: staff,
      clause: "D4.3",
      handler: (request, response) => sendRegister(request, response),
    },
    {
      method: "post",
      path: "/contracts/register",
      who: staff,
      clause: "D4.3",
      handler: (request, response) => register(hub, request, response),
    },
    ...editForms.flatMap((form): readonly WebRoute[] => {
      const path = `/controllers/:controller${form.path}`;
      const { who, clause } = form;
      return [
        {
          method: "get",
          path,
          who,
          clause,
          handler: (request, response) => show(hub, form, request, response),
        },
        {
          method: "post",
          path,
          who,
          clause,
          handler: (request, response) => edit(hub, form, request, response),
        },
      ];
    }),
  ]);
}

/** Everything a form needs, read for the controller of the path alone. */
async function askingOf({ ports }: Hub, request: WebRequest): Promise<Asking> {
  const id = controllerIn(request);
  const view = await ports.unitOfWork.transaction((unit) => readControllerView(unit, ports, id));
  const params = Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => [name, String(value)]),
  );
  return { words: wordsOf(request), language: request.language, view, params };
}

async function show(hub: Hub, form: EditForm, request: WebRequest, response: WebResponse): Promise<void> {
  sendForm(request, response, form, await askingOf(hub, request));
}

async function edit(hub: Hub, form: EditForm, request: WebRequest, response: WebResponse): Promise<void> {
  const asking = await askingOf(hub, request);
  form.fields(asking); // what the path names is there, before anything is tried
  const { ports } = hub;
  const seen = Number(request.form.get("version"));
  const version = Number.isInteger(seen) ? seen : 0;
  const given: Edit = { controller: asking.view.controller.id, actor: actorOf(request), version };
  try {
    if (form.preview === true && request.form.get("confirmed") !== "yes") {
      const preview = await previewEdit(ports, (unit, watched) =>
        form.apply({ ...asking, unit, ports: watched, edit: given, form: request.form }),
      );
      sendConfirm(request, response, { form, asking, preview, version });
      return;
    }
    await ports.unitOfWork.transaction((unit) =>
      form.apply({ ...asking, unit, ports, edit: given, form: request.form }),
    );
  } catch (error) {
    const wrong = wrongOf(error, form.fields(asking));
    response.status(isFault(error) ? error.status : 400);
    sendForm(request, response, form, asking, { ...wrong, version });
    return;
  }
  await hub.sequencer.runOnce();
  response.redirect(303, placeOf(asking));
}

type Wrong = Pick<ContractEditPageProps, "issues" | "refused"> & { readonly version?: number };

/** An error of the register as the page shows it: beside its field where it has one. Any other one goes on. */
function wrongOf(error: unknown, fields: readonly FieldProps[]): Wrong {
  if (error instanceof FormRefused)
    return { issues: error.issues.map((issue) => ({ ...issue, field: standsAt(issue.field, fields) })) };
  if (!isFault(error) || !(error.code in errors)) throw error;
  const field = standsAt(error.place ?? "", fields);
  const issue = issueOf(error, field);
  return fields.some(({ name }) => name === field) ? { issues: [issue] } : { refused: refusedOf(error) };
}

/** Where an issue is shown: ticks of one list share theirs, and a period's stands at its number. */
function standsAt(field: string, fields: readonly FieldProps[]): string {
  const first = (start: string) => fields.find(({ name }) => name.startsWith(start))?.name;
  if (field === "products") return first("products.") ?? field;
  if (field === "statements") return first("statement.") ?? field;
  return fields.some(({ name }) => name === field) ? field : (first("amount") ?? field);
}

function issueOf(error: PreauError, field: string): Issue {
  const { remedy } = error.detail;
  return {
    code: error.code as Issue["code"],
    field,
    ...(error.clause === undefined ? {} : { clause: error.clause }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

function refusedOf(error: PreauError): ContractEditPageProps["refused"] {
  return { says: error.entry.says, remedy: error.detail.remedy ?? error.entry.remedy, clause: error.clause };
}

function sendForm(
  request: WebRequest,
  response: WebResponse,
  form: EditForm,
  asking: Asking,
  wrong: Wrong = {},
): void {
  const { words, view, language } = asking;
  const fields = form.fields(asking);
  const { version = versionOf(asking), ...shown } = wrong;
  const inStaffsHands =
    form.clause === "D6.0" &&
    form.danger !== true &&
    staff.some((role) => role === request.session?.data.actorRole);
  const page = (
    <ContractEditPage
      words={words}
      language={language}
      title={form.title(words)}
      subject={view.controller.name}
      clause={form.clause}
      lead={form.lead?.(words)}
      note={inStaffsHands ? words.attestStaff : undefined}
      action={request.path}
      back={placeOf(asking)}
      version={version}
      fields={request.method === "POST" ? refilled(fields, request.form) : fields}
      submit={form.preview === true ? words.review : form.danger === true ? words.confirm : words.save}
      danger={form.danger}
      {...shown}
    />
  );
  sendPage(request, response, page, { title: form.title(words) });
}

function sendConfirm(
  request: WebRequest,
  response: WebResponse,
  {
    form,
    asking,
    preview,
    version,
  }: { form: EditForm; asking: Asking; preview: Awaited<ReturnType<typeof previewEdit>>; version: number },
): void {
  const { words, view } = asking;
  const page = (
    <ContractConfirmPage
      words={words}
      title={form.title(words)}
      subject={view.controller.name}
      clause={form.clause}
      action={request.path}
      back={placeOf(asking)}
      version={version}
      form={request.form}
      preview={preview}
    />
  );
  sendPage(request, response, page, { title: words.confirmTitle });
}

/** The fields as they were filled in, so that nobody writes anything twice. */
function refilled(fields: readonly FieldProps[], form: URLSearchParams): readonly FieldProps[] {
  return fields.map((field) =>
    field.type === "checkbox"
      ? { ...field, checked: form.has(field.name) }
      : { ...field, value: form.get(field.name) ?? "" },
  );
}

function sendRegister(request: WebRequest, response: WebResponse, wrong: Wrong = {}): void {
  const words = wordsOf(request);
  const idField: FieldProps = { name: "controller", label: words.id, hint: words.idHint, required: true };
  const fields = [idField, ...controllerFields(words, request.language)];
  const page = (
    <ContractEditPage
      words={words}
      language={request.language}
      title={words.register}
      subject={words.title}
      clause="D4.3"
      action="/contracts/register"
      back="/controllers"
      fields={request.method === "POST" ? refilled(fields, request.form) : fields}
      submit={words.save}
      {...wrong}
      version={0}
    />
  );
  sendPage(request, response, page, { title: words.register });
}

async function register(hub: Hub, request: WebRequest, response: WebResponse): Promise<void> {
  const { ports } = hub;
  const read = readControllerValues(Object.fromEntries(request.form));
  const id = idIn(request.form);
  const badId: readonly Issue[] =
    id === undefined ? [{ code: "CONTRACT_VALUE_BAD", field: "controller" }] : [];
  if (id === undefined || read.issues !== undefined) {
    response.status(400);
    sendRegister(request, response, { issues: [...badId, ...(read.issues ?? [])] });
    return;
  }
  try {
    const edit = { controller: id, actor: actorOf(request) };
    await ports.unitOfWork.transaction((unit) => registerController(unit, ports, edit, read.values));
  } catch (error) {
    if (!isFault(error, "CONTROLLER_TAKEN")) throw error;
    response.status(error.status);
    sendRegister(request, response, { issues: [issueOf(error, "controller")] });
    return;
  }
  await hub.sequencer.runOnce();
  response.redirect(303, `/controllers/${id}`);
}

function idIn(form: URLSearchParams): ControllerId | undefined {
  try {
    return controllerId((form.get("controller") ?? "").trim());
  } catch {
    return undefined; // the kernel says only that it is none
  }
}
