/** What the parts of the bridge share, made once a process: persons who are known, the wall before the desk, the desk behind it. */
import type { AgreementsInForce } from "@preau/agreement";
import type { Clock, Gate, SubjectDirectory, UnitOfWork } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { fault } from "./errors.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { deskKey, hookSecrets } from "./hook-secrets.ts";
import { makeKnownPersons } from "./known-persons.ts";
import { makeWall, mayBeKnownAtDesk } from "./make-wall.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { crispSource } from "./sources/crisp.ts";
import { crispClient } from "./sources/crisp-client.ts";
import type { DeskClient } from "./sources/source.ts";
import { standardSource } from "./sources/standard.ts";
import { standardClient } from "./sources/standard-client.ts";
import type { Support } from "./support.ts";
import { makeSupportTokens } from "./support-token.ts";
import type { Wall } from "./wall.ts";

export interface MakeSupportOptions {
  readonly agreements: AgreementsInForce;
  readonly clock: Clock;
  readonly gate: Gate;
  readonly subjects: SubjectDirectory;
  readonly unitOfWork: UnitOfWork;
  readonly vault: KeyStore;
}

const SOURCES = { crisp: crispSource, standard: standardSource, none: undefined } as const;

/** @throws SUPPORT_BAD_OPTIONS naming what the desk needs and nobody says */
export function makeSupport(options: SupportBridgeOptions, made: MakeSupportOptions): Support {
  const { agreements, clock, gate, subjects, unitOfWork, vault } = made;
  const { recipient, purpose, category } = options;
  const terms = { recipient, purpose, category };
  const productsOf = (controller: Parameters<AgreementsInForce["of"]>[0]) =>
    agreements.of(controller).products.map(({ id }) => id);
  const mayBeKnown = mayBeKnownAtDesk({ gate, terms, productsOf });
  const known = makeKnownPersons({ vault, mayBeKnown });
  const wall = makeWall({ clock, gate, subjects, known, terms });
  const source = SOURCES[options.desk];
  const guarded = { wall, unitOfWork };
  const clients = {
    crisp: () => crisp(options, guarded),
    standard: () => standard(options, { ...guarded, clock }),
    none: () => undefined,
  };
  const client = clients[options.desk]();
  return {
    ...(source === undefined ? {} : { source }),
    ...(client === undefined ? {} : { client }),
    ...{ known, mayBeKnown, wall },
    tokens: makeSupportTokens({ clock, vault }),
    secrets: hookSecrets(options, () => clock.monotonic()),
  };
}

/** Undefined where its API is not named: then hooks come in, and a person erases at the desk. */
function crisp(
  options: SupportBridgeOptions,
  guarded: { readonly wall: Wall; readonly unitOfWork: UnitOfWork },
): DeskClient | undefined {
  const { api, website, identifier, recipient } = options;
  if (website === undefined) throw fault("SUPPORT_BAD_OPTIONS", { place: "plugins.support-bridge.website" });
  if (identifier === undefined) return undefined;
  return crispClient({
    fetch: guardedFetch(guarded),
    api: api ?? "https://api.crisp.chat/v1",
    ...{ website, identifier, key: deskKey(options), recipient },
  });
}

/** Undefined where it is not said where our own hooks go. */
function standard(
  options: SupportBridgeOptions,
  { clock, ...guarded }: Pick<MakeSupportOptions, "clock" | "unitOfWork"> & { readonly wall: Wall },
): DeskClient | undefined {
  const { api, website, recipient } = options;
  if (api === undefined) return undefined;
  return standardClient({
    ...{ fetch: guardedFetch(guarded), clock, api, key: deskKey(options), recipient },
    ...(website === undefined ? {} : { installation: website }),
  });
}
