import type { Connector } from './connector.ts';
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
import { kubernetes } from './kubernetes/connector.ts';
import { kubernetesAudit } from './kubernetes-audit/connector.ts';
import { opengraph } from './opengraph/connector.ts';

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
  opengraph,
  csv,
];
