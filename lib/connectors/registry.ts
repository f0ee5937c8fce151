import type { Connector } from './connector.ts';
import { a2a } from './a2a/connector.ts';
import { aiAudit } from './ai-audit/connector.ts';
import { awsCloudtrail } from './aws-cloudtrail/connector.ts';
import { awsCredentialReport } from './aws-credential-report/connector.ts';
import { awsIam } from './aws-iam/connector.ts';
import { awsLambdaFunctions } from './aws-siblings/lambda-functions.ts';
import { awsLastAccessed } from './aws-siblings/last-accessed.ts';
import { awsSecrets } from './aws-siblings/secrets.ts';
import { backstage } from './backstage/connector.ts';
import { bailiwick } from './bailiwick/connector.ts';
import { codeowners } from './codeowners/connector.ts';
import { csv } from './csv/connector.ts';
import { entraLogs } from './entra-logs/connector.ts';
import { entra } from './entra/connector.ts';
import { gcpAudit } from './gcp-audit/connector.ts';
import { gcp } from './gcp/connector.ts';
import { githubAudit } from './github-audit/connector.ts';
import { kubernetesAudit } from './kubernetes-audit/connector.ts';
import { kubernetes } from './kubernetes/connector.ts';
import { mcp } from './mcp/connector.ts';
import { ocsf } from './ocsf/connector.ts';
import { okta } from './okta/connector.ts';
import { opengraph } from './opengraph/connector.ts';
import { otelGenai } from './otel-genai/connector.ts';
import { secretScanners } from './secret-scanners/connector.ts';
import { spire } from './spire/connector.ts';
import { tokenExchange } from './token-exchange/connector.ts';
import { vaultAudit } from './vault-audit/connector.ts';

/** Every format that Bailiwick reads, in the order in which `--help` lists them. */
export const CONNECTORS: readonly Connector[] = [
  bailiwick,
  awsIam,
  awsCredentialReport,
  awsLambdaFunctions,
  awsSecrets,
  awsLastAccessed,
  awsCloudtrail,
  kubernetes,
  kubernetesAudit,
  backstage,
  codeowners,
  entra,
  entraLogs,
  gcp,
  gcpAudit,
  vaultAudit,
  spire,
  okta,
  githubAudit,
  ocsf,
  aiAudit,
  ...secretScanners,
  otelGenai,
  tokenExchange,
  mcp,
  a2a,
  opengraph,
  csv,
];
