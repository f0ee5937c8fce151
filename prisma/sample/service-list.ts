/**
 * The eighty services, a line each: name | what it is for | where it runs (k kubernetes, c cron job, l lambda, e ecs) |
 * stores with the access it has (r, w) | services that it calls. Stores are named in store-list.ts.
 */
export const SERVICE_LIST: Readonly<Record<string, string>> = {
  payments: `
payment-api|Accepts payments for shipments|k|payment-intents:w payment-events:w|ledger fraud-check payment-signer
payment-signer|Signs payment orders for the bank|e|payment-signing:w signing-passphrase:r|
ledger|Books every movement of money|k|ledger-core:w payment-events:r|
fraud-check|Scores payments for fraud|k|fraud-signals:w claude-haiku:r|feature-store
refund-service|Pays money back to customers|k|refunds:w payment-events:w|ledger payment-api
payout-runner|Pays carriers every night|c|payout-files:w bank-api-token:r|ledger payment-signer
settlement-export|Sends settlement reports to the bank|c|settlement-reports:w|ledger
card-vault|Keeps card tokens away from everything else|k|card-tokens:w card-encryption:w|secret-broker`,
  billing: `
invoice-api|Issues invoices|k|invoices:w invoice-documents:w|tax-engine price-book
invoice-intake|Takes in the invoices of carriers|l|invoice-inbox:w invoice-queue:w|
invoice-renderer|Makes PDF files of invoices|l|invoice-documents:w invoice-queue:r|
tax-engine|Works out taxes per country|k|tax-tables:r|
dunning|Reminds customers of open invoices|c|invoices:r|notification-hub customer-api
price-book|Holds prices and contracts|k|prices:w|
billing-web|Invoices on screen|k|invoices:r|invoice-api customer-api
credit-notes|Corrects invoices|k|invoices:w|ledger invoice-api`,
  customer: `
customer-api|Names, addresses and contacts of customers|k|customer-core:w customer-events:w|consent-registry
customer-portal|What customers see|k|portal-sessions:w|customer-api tracking-api quote-engine
login-gateway|Signs customers in|k|portal-sessions:w identity-signing:w|customer-api
notification-hub|Sends mail and messages|k|notifications:w mail-api-token:r|address-book
address-book|Checks addresses|k|addresses:w|
consent-registry|What customers agreed to|k|consents:w|
support-desk|Cases of customers|k|cases:w case-attachments:w|customer-api tracking-api
feedback-inbox|Collects feedback|l|feedback:w|notification-hub`,
  routing: `
route-planner|Plans the routes of the day|k|routes:w route-queue:w|toll-estimator fleet-registry
route-optimizer|Improves routes overnight|c|routes:w route-archive:w|route-planner
capacity-board|Free space per vehicle|k|capacity:w|fleet-registry
fleet-registry|Vehicles and drivers|k|fleet:w|
driver-app-api|Back end of the drivers' app|k|driver-uploads:w fleet:r|route-planner proof-of-delivery
depot-calendar|Opening hours of depots|k|depots:w|
toll-estimator|Estimates tolls|l|toll-tables:r|
map-tiles|Serves map tiles|k|map-tiles:r|`,
  tracking: `
tracking-api|Tells where a shipment is|k|shipments:r tracking-events:r|eta-predictor
tracking-feed|Takes in positions|k|tracking-events:w telemetry-queue:r|geofence
eta-predictor|Predicts arrival times|k|eta-models:r shipments:r|feature-store
geofence|Knows when a vehicle enters a place|k|geofences:w|
telemetry-intake|Takes in vehicle telemetry|l|telemetry-queue:w telemetry-archive:w|
event-replay|Replays events after a failure|c|telemetry-archive:r tracking-events:w|tracking-feed
proof-of-delivery|Signatures and photographs|k|delivery-proofs:w|notification-hub
status-page|Public status|k|status-content:r|`,
  warehouse: `
stock-ledger|What lies where|k|stock:w|
pick-planner|Plans picking|k|stock:r pick-queue:w|stock-ledger
dock-scheduler|Gives trucks a dock|k|docks:w|depot-calendar
label-printer|Prints shipping labels|k|labels:w|stock-ledger
scan-gateway|Takes in barcode scans|k|pick-queue:r scans:w|stock-ledger
returns-desk|Handles returns|k|returns:w|refund-service customer-api
pallet-vision|Recognises pallets in images|e|pallet-images:w claude-haiku:r|
warehouse-web|Screens of the warehouse|k|stock:r|stock-ledger dock-scheduler pick-planner`,
  partners: `
partner-api|What partners call|k|partner-events:w|quote-engine carrier-hub
carrier-hub|Talks to carriers|k|carrier-contracts:r carrier-api-token:r|rate-shopper
rate-shopper|Compares the rates of carriers|k|rates:w|price-book
quote-engine|Offers for shipments|k|quotes:w|rate-shopper capacity-board
edi-bridge|Exchanges files with partners|k|edi-files:w|invoice-api
customs-filing|Files customs declarations|k|declarations:w customs-certificate:r|
partner-onboarding|Brings partners in|k|partner-events:w|customer-api
webhook-relay|Tells partners about events|l|webhook-queue:r|`,
  insight: `
event-lake|Collects all events|k|event-lake:w|
warehouse-reporter|Reports on the warehouse|c|event-lake:r warehouse-reports:w|
demand-forecast|Forecasts demand|c|event-lake:r forecasts:w|feature-store
feature-store|Features for models|k|features:w|
dashboard-web|Dashboards|k|forecasts:r warehouse-reports:r|
export-scheduler|Scheduled exports|c|event-lake:r exports:w|
freight-index|Publishes the freight index|l|freight-index:w rates:r|
data-quality|Checks the data of others|c|event-lake:r|`,
  platform: `
deploy-orchestrator|Rolls out releases|k|release-artifacts:r release-queue:w|feature-flags
feature-flags|Switches features on and off|k|flags:w|
config-store|Configuration of services|k|config:w|
api-gateway|The front door|k|gateway-keys:r|login-gateway
job-runner|Runs batch jobs|k|job-queue:w|
artifact-cache|Caches build results|k|release-artifacts:w|
mesh-authority|Issues short-lived certificates|k|mesh-root:w|
agent-gateway|Lets agents reach tools and models|k|agent-sessions:w claude-sonnet:r|refund-service support-desk`,
  security: `
audit-collector|Collects audit logs|k|audit-archive:w|
key-rotator|Rotates keys|c|bank-api-token:w carrier-api-token:w mail-api-token:w|secret-broker
access-portal|Asks for access and gives it|k|access-requests:w|
secret-broker|Hands out secrets|k|broker-root:w|
policy-checker|Checks policies before a change|l|policy-results:w|
asset-inventory|Lists what runs|c|asset-inventory:w|
alert-router|Routes alerts|k|alert-queue:w|
session-recorder|Records administrators' sessions|k|session-recordings:w|`,
};
