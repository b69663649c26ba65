export { type Allocation, type AllocationQuery, fetchAllocations } from "./allocations.ts";
export {
  assertSendable,
  BrokenRules,
  checkSubscription,
  type Finding,
  type KnownSchools,
  needsSchools,
} from "./check-subscription.ts";
export { type ClientCertificate, clientCertificate } from "./client-certificate.ts";
export { type Exchange, httpsExchange } from "./https-exchange.ts";
export { type School } from "./read-schools.ts";
export { type SchoolList, type SchoolListFacts, schoolList } from "./school-list.ts";
export { refusalBehind, type ServiceRefusal } from "./service-refusal.ts";
export {
  type Audience,
  audiences,
  type Licences,
  readSubscription,
  type Subscription,
  type SubscriptionField,
  type SubscriptionFileOptions,
} from "./subscription.ts";
export {
  assertConfirmed,
  type ListPart,
  type Sent,
  type SubscriptionClient,
  subscriptionClient,
} from "./subscription-client.ts";
export { allocationsUrlOf, type SubscriptionOptions, subscriptionOptions } from "./subscription-options.ts";
export {
  filterNames,
  type ListedSubscription,
  readSubscriptions,
  type SubscriptionFilters,
  writeFilters,
  writeSubscription,
  writeUpdate,
} from "./subscription-xml.ts";
