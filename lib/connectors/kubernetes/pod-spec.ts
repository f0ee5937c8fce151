import { at, id, isTrue, objects, text } from '../read-value.ts';
import type { JsonObject } from '#lib/core/json.ts';

/** Where the pod template of a workload kind lies; `workloads.ts` knows no other kinds. */
export const POD_SPEC_PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', ['spec']],
  ['Deployment', ['spec', 'template', 'spec']],
  ['StatefulSet', ['spec', 'template', 'spec']],
  ['DaemonSet', ['spec', 'template', 'spec']],
  ['ReplicaSet', ['spec', 'template', 'spec']],
  ['ReplicationController', ['spec', 'template', 'spec']],
  ['Job', ['spec', 'template', 'spec']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
]);

/** Service account a pod runs with; `default` where the template names none. */
export function serviceAccountName(spec: unknown): string {
  return (
    id(at(spec, 'serviceAccountName'), 'serviceAccountName') ??
    id(at(spec, 'serviceAccount'), 'serviceAccount') ??
    'default'
  );
}

const containersOf = (spec: unknown): Record<string, unknown>[] =>
  ['containers', 'initContainers', 'ephemeralContainers'].flatMap((name) => objects(at(spec, name)));

/** Secrets that the pod takes in, each with how. Values of environment variables are never read. */
export function secretsUsed(spec: unknown): Map<string, string> {
  const secrets = new Map<string, string>();
  const add = (value: unknown, how: string): void => {
    const name = id(value, 'secret name');
    if (name !== undefined && !secrets.has(name)) secrets.set(name, how);
  };
  for (const container of containersOf(spec)) {
    for (const one of objects(container['env']))
      add(at(one, 'valueFrom', 'secretKeyRef', 'name'), 'environment');
    for (const one of objects(container['envFrom'])) add(at(one, 'secretRef', 'name'), 'environment');
  }
  for (const volume of objects(at(spec, 'volumes'))) {
    add(at(volume, 'secret', 'secretName'), 'volume');
    for (const source of objects(at(volume, 'projected', 'sources')))
      add(at(source, 'secret', 'name'), 'volume');
  }
  for (const one of objects(at(spec, 'imagePullSecrets'))) add(one['name'], 'image pull');
  return secrets;
}

/** What makes a pod able to reach its node, and what it runs: shown on the workload's card. */
export function podProps(spec: unknown): JsonObject {
  const containers = containersOf(spec);
  const flags = [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((name) => isTrue(at(spec, name))),
    ...(containers.some((one) => isTrue(at(one, 'securityContext', 'privileged'))) ? ['privileged'] : []),
    ...(objects(at(spec, 'volumes')).some((one) => at(one, 'hostPath') !== undefined) ? ['hostPath'] : []),
  ];
  const images = containers.map((one) => text(one['image'], 200)).filter((image) => image !== undefined);
  return {
    ...(images.length > 0 ? { images: images.slice(0, 10) } : {}),
    ...(flags.length > 0 ? { nodeAccess: flags } : {}),
    ...(at(spec, 'automountServiceAccountToken') === false ? { automountToken: false } : {}),
  };
}
