export type IntegrationLine = {
  readonly name: string;
  readonly team: string;
  readonly purpose: string;
  /** Scopes `api.verb`; the first ones are used, the last `unused` ones never were. */
  readonly scopes: readonly string[];
  readonly unused: number;
  /** Days until the contract ends; negative: it has ended. */
  readonly contractDays: number;
};

const line = (
  name: string,
  team: string,
  purpose: string,
  scopes: string,
  unused = 0,
  contractDays = 240,
): IntegrationLine => ({ name, team, purpose, scopes: scopes.split(' '), unused, contractDays });

/** The vendors; each is a third-party application with grants on the organisation's own interfaces. */
export const INTEGRATION_LIST: readonly IntegrationLine[] = [
  line(
    'loadsense-analytics',
    'insight',
    'Load analysis',
    'orders.read customers.read customers.export',
    0,
    -74,
  ),
  line('parcelwise', 'tracking', 'Parcel tracking', 'shipments.read', 0, -120),
  line('northlane-maps', 'routing', 'Maps and traffic', 'routes.read depots.read', 0, -31),
  line(
    'harbor-crm',
    'customer',
    'Customer relations',
    'customers.read customers.write orders.read invoices.read users.admin',
    4,
  ),
  line('ledgerline', 'billing', 'Accounting', 'invoices.read invoices.write payments.read'),
  line('signpost-desk', 'customer', 'Electronic signatures', 'documents.read documents.write', 1),
  line('tidepool-support', 'customer', 'Support desk', 'cases.read cases.write customers.read', 1),
  line('quillmail', 'customer', 'Mail delivery', 'notifications.write'),
  line('beaconpay', 'payments', 'Card payments', 'payments.read payments.write'),
  line('truckstop-data', 'routing', 'Parking for trucks', 'routes.read'),
  line('tariffbook', 'partners', 'Customs tariffs', 'declarations.read', 0, 400),
  line('fleetpulse', 'routing', 'Vehicle maintenance', 'fleet.read fleet.write', 1),
  line('weatherbridge', 'routing', 'Weather', 'depots.read'),
  line('palletiq', 'warehouse', 'Pallet pooling', 'stock.read'),
  line('routecast', 'tracking', 'Traffic forecasts', 'shipments.read routes.read', 1),
  line('dockside', 'warehouse', 'Yard management', 'docks.read docks.write'),
  line('freightboard', 'partners', 'Freight exchange', 'quotes.read quotes.write orders.read', 1),
  line('chatrelay', 'platform', 'Team chat', 'notifications.write'),
  line('pagerbell', 'platform', 'Paging', 'alerts.read alerts.write'),
  line('formlane', 'customer', 'Forms', 'feedback.write'),
  line('surveykite', 'customer', 'Surveys', 'customers.read feedback.read', 1),
  line('backupbarn', 'platform', 'Backups', 'documents.read exports.read'),
  line('codelantern', 'security', 'Code scanning', 'repositories.read'),
  line('buildfinch', 'platform', 'Build cache', 'repositories.read artifacts.write'),
  line('gridreport', 'insight', 'Spreadsheet connector', 'exports.read orders.read', 0, 60),
];
