export type AgentLine = {
  readonly name: string;
  readonly team: string;
  readonly purpose: string;
  readonly tools: readonly string[];
  /** Stores with the access the agent's role has: `name:r` or `name:w`; none: it acts through its tools alone. */
  readonly uses: readonly string[];
  /** Authorised per task, by a token of minutes. */
  readonly shortLived: boolean;
  /** A person starts each run and stands at the head of the chain. */
  readonly attended: boolean;
};

export const TOOL_LIST: readonly (readonly [string, string])[] = [
  ['read-invoice', 'Reads one invoice'],
  ['book-invoice', 'Books an invoice for payment'],
  ['find-customer', 'Finds a customer by name'],
  ['read-case', 'Reads a support case'],
  ['answer-case', 'Answers a support case'],
  ['refund-payment', 'Pays a payment back'],
  ['plan-route', 'Plans a route'],
  ['predict-arrival', 'Predicts an arrival time'],
  ['book-dock', 'Books a dock'],
  ['draft-declaration', 'Drafts a customs declaration'],
  ['compare-rates', 'Compares the rates of carriers'],
  ['write-quote', 'Writes a quote'],
  ['query-lake', 'Queries the event lake'],
  ['run-sql', 'Runs SQL on the reporting database'],
  ['restart-workload', 'Restarts a workload'],
  ['read-logs', 'Reads logs of a workload'],
  ['read-repository', 'Reads a repository'],
  ['open-pull-request', 'Opens a pull request'],
  ['triage-alert', 'Sorts an alert'],
  ['disable-key', 'Disables an access key'],
];

const agent = (
  name: string,
  team: string,
  purpose: string,
  tools: string,
  uses: string,
  flags = '',
): AgentLine => ({
  name,
  team,
  purpose,
  tools: tools.split(' '),
  uses: uses === '' ? [] : uses.split(' '),
  shortLived: flags.includes('short'),
  attended: flags.includes('attended'),
});

export const AGENT_LIST: readonly AgentLine[] = [
  agent(
    'invoice-triage',
    'billing',
    'Reads incoming invoices and sorts them',
    'read-invoice book-invoice',
    '',
  ),
  agent('support-concierge', 'customer', 'Answers customers in chat', 'read-case answer-case', 'cases:r'),
  agent(
    'case-router',
    'customer',
    'Hands a case to the agent that can solve it',
    'read-case find-customer',
    '',
  ),
  agent('refund-executor', 'payments', 'Pays back what a case entitles to', 'refund-payment', ''),
  agent(
    'route-advisor',
    'routing',
    'Proposes routes to planners',
    'plan-route',
    'routes:r capacity:r',
    'short attended',
  ),
  agent('eta-explainer', 'tracking', 'Explains arrival times', 'predict-arrival', 'shipments:r', 'short'),
  agent('dock-assistant', 'warehouse', 'Books docks for trucks', 'book-dock', 'docks:w', 'short'),
  agent(
    'customs-drafter',
    'partners',
    'Drafts customs declarations',
    'draft-declaration',
    'declarations:w',
    'attended',
  ),
  agent(
    'quote-writer',
    'partners',
    'Writes quotes for sales',
    'compare-rates write-quote',
    'quotes:w rates:r',
    'short attended',
  ),
  agent(
    'demand-analyst',
    'insight',
    'Explains changes in demand',
    'query-lake',
    'event-lake:r forecasts:r',
    'short',
  ),
  agent(
    'sql-helper',
    'insight',
    'Helps analysts with queries',
    'run-sql query-lake',
    'event-lake:r',
    'attended',
  ),
  agent('capacity-forecaster', 'routing', 'Forecasts free space', 'plan-route query-lake', ''),
  agent(
    'ops-copilot',
    'platform',
    'Helps the person on call',
    'restart-workload read-logs',
    'audit-archive:r',
    'short attended',
  ),
  agent(
    'release-notes',
    'platform',
    'Writes release notes',
    'read-repository open-pull-request',
    'release-artifacts:r',
  ),
  agent(
    'alert-triage',
    'security',
    'Sorts alerts by night',
    'triage-alert read-logs disable-key',
    'alert-queue:r audit-archive:r',
    'short',
  ),
];
