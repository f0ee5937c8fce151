/** What a technique needs: a verb of `verbs` on a type of `types`, in one scope. */
export type Need = { group: string; types: readonly string[]; verbs: readonly string[] };

export type Technique = {
  readonly id: string;
  /** The technique in words; the qualifier of the edge. */
  readonly title: string;
  /** All must be allowed. */
  readonly needs: readonly Need[];
  /**
   * Who can be become: every service account in the scope, those that a pod runs with, the named users or groups, or
   * whoever administers the scope.
   */
  readonly reach: 'service_accounts' | 'running_service_accounts' | 'users' | 'groups' | 'administrator';
  /** Works only with a permission that is bound in the whole cluster. */
  readonly clusterOnly?: true;
  /** `resourceNames` narrow whom the technique reaches; elsewhere they make it impossible or do not matter. */
  readonly namesAreTargets?: true;
  readonly reference: string;
};

const GOOD_PRACTICES = 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/';
const RBAC = 'rbac.authorization.k8s.io';
const CHANGE = ['create', 'update', 'patch'];

/** Named techniques by which an identity becomes another in Kubernetes RBAC, each with its reference. */
export const TECHNIQUES: readonly Technique[] = [
  {
    id: 'k8s-create-token',
    title: 'create a token for the service account',
    needs: [{ group: '', types: ['serviceaccounts/token'], verbs: ['create'] }],
    reach: 'service_accounts',
    namesAreTargets: true,
    reference: `${GOOD_PRACTICES}#token-request`,
  },
  {
    id: 'k8s-impersonate-service-account',
    title: 'impersonate the service account',
    needs: [{ group: '', types: ['serviceaccounts'], verbs: ['impersonate'] }],
    reach: 'service_accounts',
    namesAreTargets: true,
    reference: `${GOOD_PRACTICES}#impersonate-verb`,
  },
  {
    id: 'k8s-create-pod',
    title: 'create a pod that runs as the service account',
    needs: [{ group: '', types: ['pods'], verbs: ['create'] }],
    reach: 'service_accounts',
    reference: `${GOOD_PRACTICES}#workload-creation`,
  },
  {
    id: 'k8s-create-workload',
    title: 'create or change a workload that runs as the service account',
    needs: [
      { group: 'apps', types: ['deployments', 'daemonsets', 'statefulsets', 'replicasets'], verbs: CHANGE },
    ],
    reach: 'service_accounts',
    reference: `${GOOD_PRACTICES}#workload-creation`,
  },
  {
    id: 'k8s-create-job',
    title: 'create or change a job that runs as the service account',
    needs: [{ group: 'batch', types: ['jobs', 'cronjobs'], verbs: CHANGE }],
    reach: 'service_accounts',
    reference: `${GOOD_PRACTICES}#workload-creation`,
  },
  {
    id: 'k8s-create-replication-controller',
    title: 'create or change a replication controller that runs as the service account',
    needs: [{ group: '', types: ['replicationcontrollers'], verbs: CHANGE }],
    reach: 'service_accounts',
    reference: `${GOOD_PRACTICES}#workload-creation`,
  },
  {
    id: 'k8s-token-secret',
    title: 'create a token Secret for the service account and read it',
    needs: [
      { group: '', types: ['secrets'], verbs: ['create'] },
      { group: '', types: ['secrets'], verbs: ['get', 'list', 'watch'] },
    ],
    reach: 'service_accounts',
    reference: 'https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets',
  },
  {
    id: 'k8s-pod-exec',
    title: 'run a command in a pod of the service account',
    needs: [{ group: '', types: ['pods/exec', 'pods/attach'], verbs: ['create', 'get'] }],
    reach: 'running_service_accounts',
    reference:
      'https://kubernetes.io/docs/reference/access-authn-authz/authorization/#privilege-escalation-via-pod-creation',
  },
  {
    id: 'k8s-ephemeral-container',
    title: 'add an ephemeral container to a pod of the service account',
    needs: [{ group: '', types: ['pods/ephemeralcontainers'], verbs: ['update', 'patch'] }],
    reach: 'running_service_accounts',
    reference: 'https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/',
  },
  {
    id: 'k8s-node-proxy',
    title: 'run commands in any pod through the kubelet API',
    needs: [{ group: '', types: ['nodes/proxy'], verbs: ['get', 'create'] }],
    reach: 'running_service_accounts',
    clusterOnly: true,
    reference: `${GOOD_PRACTICES}#access-to-proxy-subresource-of-nodes`,
  },
  {
    id: 'k8s-admission-webhook',
    title: 'change what is admitted with a webhook, such as the pods of the service account',
    needs: [
      { group: 'admissionregistration.k8s.io', types: ['mutatingwebhookconfigurations'], verbs: CHANGE },
    ],
    reach: 'service_accounts',
    clusterOnly: true,
    reference: `${GOOD_PRACTICES}#control-admission-webhooks`,
  },
  {
    id: 'k8s-impersonate-user',
    title: 'impersonate the user',
    needs: [{ group: '', types: ['users'], verbs: ['impersonate'] }],
    reach: 'users',
    clusterOnly: true,
    namesAreTargets: true,
    reference: `${GOOD_PRACTICES}#impersonate-verb`,
  },
  {
    id: 'k8s-impersonate-group',
    title: 'impersonate the group',
    needs: [{ group: '', types: ['groups'], verbs: ['impersonate'] }],
    reach: 'groups',
    clusterOnly: true,
    namesAreTargets: true,
    reference: `${GOOD_PRACTICES}#impersonate-verb`,
  },
  {
    id: 'k8s-escalate-role',
    title: 'widen a role beyond its own permissions (verb escalate)',
    needs: [
      { group: RBAC, types: ['roles', 'clusterroles'], verbs: ['escalate'] },
      { group: RBAC, types: ['roles', 'clusterroles'], verbs: ['update', 'patch', 'create'] },
    ],
    reach: 'administrator',
    reference: `${GOOD_PRACTICES}#escalate-verb`,
  },
  {
    id: 'k8s-bind-role',
    title: 'bind any role to itself (verb bind)',
    needs: [
      { group: RBAC, types: ['roles', 'clusterroles'], verbs: ['bind'] },
      { group: RBAC, types: ['rolebindings', 'clusterrolebindings'], verbs: CHANGE },
    ],
    reach: 'administrator',
    reference: `${GOOD_PRACTICES}#bind-verb`,
  },
  {
    id: 'k8s-approve-certificate',
    title: 'have a client certificate issued for the user',
    needs: [
      { group: 'certificates.k8s.io', types: ['certificatesigningrequests'], verbs: ['create'] },
      {
        group: 'certificates.k8s.io',
        types: ['certificatesigningrequests/approval'],
        verbs: ['update', 'patch'],
      },
      { group: 'certificates.k8s.io', types: ['signers'], verbs: ['approve'] },
    ],
    reach: 'users',
    clusterOnly: true,
    reference: `${GOOD_PRACTICES}#csrs-and-certificate-issuing`,
  },
];
