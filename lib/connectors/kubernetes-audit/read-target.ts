import { at, field, id } from '../read-value.ts';
import { levelOf, typeName } from '../kubernetes/rules.ts';
import { serviceAccount } from '../kubernetes/subjects.ts';
import type { Topology } from '../kubernetes/topology.ts';
import type { FactSink } from '../connector.ts';
import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';

export type Target = { key: string; action: string; level: AccessLevel };

/**
 * What the request was about: a service account or a Secret by itself, anything else by the collection that a role would
 * grant (a log names thousands of pods that live for minutes). Actions read `verb type`, e.g. `create pods/exec`.
 */
export function readTarget(
  sink: FactSink,
  topology: Topology,
  event: Record<string, unknown>,
  verb: string,
): Target {
  const level = levelOf([verb]);
  const reference = field(event, 'objectRef');
  const resource = id(at(reference, 'resource'), 'objectRef.resource');
  if (resource === undefined) {
    return { key: topology.collection('nonresourceurls', null), action: `${verb} nonresourceurls`, level };
  }
  const subresource = id(at(reference, 'subresource'), 'objectRef.subresource');
  const group = id(at(reference, 'apiGroup'), 'objectRef.apiGroup') ?? '';
  const name = id(at(reference, 'name'), 'objectRef.name');
  const namespace = id(at(reference, 'namespace'), 'objectRef.namespace') ?? null;
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  const type = typeName(group, full);
  const action = `${verb} ${type}`;
  if (name !== undefined && namespace !== null && group === '') {
    if (resource === 'serviceaccounts') {
      const account = serviceAccount(topology.cluster, namespace, name);
      sink.node({ ...account, standing: 'log' });
      return { key: account.key, action, level };
    }
    if (resource === 'secrets') return { key: topology.object('secrets', namespace, name), action, level };
  }
  return { key: topology.collection(type, namespace), action, level };
}
