/** The GAR's web services as `preau.yaml` names them (`plugins: gar: subscriptions:`), opened when a command needs them. */
import path from "node:path";
import {
  allocationsUrlOf,
  type ClientCertificate,
  clientCertificate,
  type Exchange,
  httpsExchange,
  type SchoolList,
  type SubscriptionClient,
  type SubscriptionOptions,
  schoolList,
  subscriptionClient,
  subscriptionOptions,
} from "@preau/gar/subscriptions";
import { addHours } from "@preau/kernel";
import { placeOfIssue } from "../config-file.ts";
import { fault } from "../errors.ts";
import { type CommandContext, configOf, logOf } from "./command-context.ts";
import { garTexts } from "./gar-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface GarService {
  readonly options: SubscriptionOptions;
  /** @throws GAR_SUBSCRIPTION_NOT_CONFIGURED, GAR_SUBSCRIPTION_KEY_UNREADABLE */
  exchange(): Promise<Exchange>;
  /** @throws what `exchange` throws */
  client(): Promise<SubscriptionClient>;
  /** Reads what is kept without a certificate; fetching needs one. */
  readonly schools: SchoolList;
  /** @throws GAR_SUBSCRIPTION_NOT_CONFIGURED */
  allocationsUrl(): string;
}

/** The GAR's support takes days to sign the next one. */
const WARN_HOURS = 30 * 24;

/** @throws HUB_CONFIG_INVALID with file, line and column */
export function garService(context: CommandContext): GarService {
  const config = configOf(context);
  const { clock } = context;
  const log = logOf(context, "error");
  const at = ["plugins", "gar", "subscriptions"];
  const read = subscriptionOptions.safeParse(config.plugins["gar"]?.["subscriptions"] ?? {});
  if (!read.success)
    throw fault("HUB_CONFIG_INVALID", { place: placeOfIssue(config.placeOf, read.error, at) });
  const options = read.data;
  const fileOf = (name: string | undefined) =>
    name === undefined ? undefined : path.resolve(config.folder, name);

  const exchange = async () => {
    const files = {
      certificateFile: fileOf(options.certificateFile),
      keyFile: fileOf(options.keyFile),
      keyPassphraseFile: fileOf(options.keyPassphraseFile),
      caFile: fileOf(options.caFile),
    };
    const certificate = await clientCertificate(files, clock.now());
    if (certificate.endsAt < addHours(clock.now(), WARN_HOURS)) context.err(endsText(context, certificate));
    return httpsExchange({ certificate, timeoutSeconds: options.timeoutSeconds });
  };
  const client = async () => subscriptionClient({ url: options.url, exchange: await exchange(), clock, log });
  return {
    options,
    exchange,
    client,
    schools: schoolList({
      folder: config.data,
      platform: options.url,
      ...{ clock, log },
      fetch: async () => (await client()).schools(),
    }),
    allocationsUrl: () => allocationsUrlOf(options),
  };
}

function endsText({ environment }: CommandContext, { endsAt }: ClientCertificate): string {
  return `preau: ${garTexts[terminalLanguage(environment)].certificateEnds(endsAt)}\n`;
}
