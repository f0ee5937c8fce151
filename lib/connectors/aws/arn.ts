/** The six parts of `arn:partition:service:region:account:resource`; the resource may hold colons. */
export type Arn = {
  partition: string;
  service: string;
  region: string;
  account: string;
  resource: string;
};

const ARN = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.+)$/s;

/** Null for what is not an ARN. The account is text: real exports hold 13 digits, `aws`, nothing or a wildcard. */
export function parseArn(text: string): Arn | null {
  const parts = ARN.exec(text);
  if (parts === null) return null;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = parts;
  return { partition, service, region, account, resource };
}

export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`;
}

/** The last part of a path such as `role/service-role/name`. */
export function lastSegment(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1);
}
