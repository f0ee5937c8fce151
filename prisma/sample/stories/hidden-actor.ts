import { agentOf, toolOf } from '../agents.ts';
import { apiKey, PRODUCTION } from '../accounts.ts';
import { roleArn } from '../iam-model.ts';
import { addApi } from '../register-credentials.ts';
import { lead, personOf } from '../teams.ts';
import { role, type Story, type World } from '../world.ts';

const CHAIN = ['refund-executor', 'case-router', 'support-concierge'] as const;

/**
 * Story 9: three agents hand a case on, and all of them reach the payments interface as the agent gateway. The chain
 * stands in the gateway's own log only; who asked for the refund in the beginning stands nowhere.
 */
export function plantHiddenActor(world: World): Story {
  const { agents } = world;
  const gatewayRole = role(world, PRODUCTION, 'svc-agent-gateway');
  agents.node({ key: roleArn(gatewayRole), kind: 'role', provider: 'aws', standing: 'reference' });
  for (const name of CHAIN)
    agents.edge(agentOf(name), 'runs_as', roleArn(gatewayRole), { qualifier: 'agent gateway' });
  agents.edge(agentOf('support-concierge'), 'assumes', agentOf('case-router'), { qualifier: 'hand-over' });
  agents.edge(agentOf('case-router'), 'assumes', agentOf('refund-executor'), { qualifier: 'hand-over' });
  const refunds = statePaymentsInterface(world);
  agents.edge(agentOf('refund-executor'), 'grants', refunds, {
    level: 'write',
    qualifier: 'tool refund-payment',
  });
  const chain = CHAIN.map(agentOf);
  agents.calls.push({
    actor: agentOf('refund-executor'),
    credential: 'agent://agents.meridian.example/tokens/refund-executor-tools',
    action: 'mcp:refund-payment',
    target: toolOf('refund-payment'),
    level: 'use',
    outcome: 'allowed',
    chain,
    purpose: 'Refund for a support case',
    userAgent: 'meridian-agent/refund-executor',
    perDay: 3,
    exact: true,
    fromDaysAgo: 60,
    toDaysAgo: 1,
    addresses: ['10.20.96.20'],
    followers: [
      {
        actor: roleArn(gatewayRole),
        action: 'gateway:POST',
        target: refunds,
        level: 'write',
        outcome: 'allowed',
        userAgent: 'agent-gateway/1.13',
        address: '10.20.96.20',
      },
    ],
  });
  addOpenChain(world);
  return {
    id: 'hidden-actor',
    title: 'An agent chain that hides who acted',
    keys: new Map<string, string | string[]>([
      ['chain', chain],
      ['seenAs', roleArn(gatewayRole)],
      ['target', refunds],
      ['tool', toolOf('refund-payment')],
    ]),
    decoys: [
      {
        key: agentOf('route-advisor'),
        why: 'It acts through another agent as well, but each step is named and a person stands at the head.',
      },
    ],
  };
}

function statePaymentsInterface(world: World): string {
  const key = apiKey('refund-service');
  addApi(world, 'refund-service');
  world.agents.node({
    key,
    kind: 'resource',
    type: 'api',
    name: 'refund-service interface',
    provider: 'gateway',
    environment: 'production',
    sensitivity: 'restricted',
  });
  return key;
}

function addOpenChain(world: World): void {
  const planner = personOf(lead('routing'));
  world.agents.edge(agentOf('route-advisor'), 'assumes', agentOf('eta-explainer'), {
    qualifier: 'hand-over',
  });
  world.agents.calls.push({
    actor: agentOf('eta-explainer'),
    credential: 'agent://agents.meridian.example/tokens/eta-explainer-tools',
    action: 'mcp:predict-arrival',
    target: toolOf('predict-arrival'),
    level: 'use',
    outcome: 'allowed',
    onBehalfOf: planner,
    chain: [agentOf('eta-explainer'), agentOf('route-advisor'), planner],
    purpose: 'Arrival time for a planned route',
    userAgent: 'meridian-agent/eta-explainer',
    perDay: 2,
    exact: true,
    fromDaysAgo: 60,
    toDaysAgo: 1,
    addresses: ['10.20.96.21'],
  });
}
