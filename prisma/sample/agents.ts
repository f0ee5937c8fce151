import { agentKey, mcpServerKey, mcpToolKey } from '#lib/core/keys.ts';
import { AGENT_HOST, PRODUCTION } from './accounts.ts';
import { allow, roleArn, trustService, type Role } from './iam-model.ts';
import { AGENT_LIST, TOOL_LIST, type AgentLine } from './agent-list.ts';
import { ownerMark } from './ownership-tags.ts';
import { addRole } from './role-builder.ts';
import { storeStatements, usedActions } from './store-access.ts';
import { storeArn } from './stores.ts';
import { lead, personOf, teamKey } from './teams.ts';
import { randomOf, store, type Operation, type World } from './world.ts';

const MCP_SERVER = `mcp.meridian.example`;
export const agentOf = (name: string): string => agentKey(AGENT_HOST, name);
export const toolOf = (name: string): string => mcpToolKey(MCP_SERVER, name);

/** The agents, the tools that they may call, the roles and tokens that they run with, and their daily work. */
export function addAgents(world: World): void {
  addTools(world);
  for (const line of AGENT_LIST) addAgent(world, line);
}

function addTools(world: World): void {
  const server = world.agents.node({
    key: mcpServerKey(MCP_SERVER),
    kind: 'resource',
    type: 'tool',
    name: 'Meridian tool server',
    provider: 'mcp',
    environment: 'production',
    zone: 'agents',
  });
  for (const [name, purpose] of TOOL_LIST) {
    world.agents.node({
      key: toolOf(name),
      kind: 'resource',
      type: 'tool',
      name,
      provider: 'mcp',
      environment: 'production',
      zone: 'agents',
      purpose,
    });
    world.agents.edge(server, 'contains', toolOf(name));
  }
}

function addAgent(world: World, line: AgentLine): void {
  const random = randomOf(world, `agent/${line.name}`);
  const key = world.agents.node({
    key: agentOf(line.name),
    kind: 'agent',
    name: line.name,
    provider: 'meridian-agents',
    environment: 'production',
    zone: 'agents',
    purpose: line.purpose,
    createdAt: world.calendar.time(random.whole(30, 320)),
    runtimeAuthorised: line.shortLived,
  });
  for (const tool of line.tools)
    world.agents.edge(key, 'grants', toolOf(tool), { level: 'use', qualifier: `tool ${tool}` });
  claimAgent(world, line, key);
  addToken(world, line, key);
  const role = addAgentRole(world, line);
  if (role) {
    world.agents.node({
      key: roleArn(role),
      kind: 'role',
      name: role.name,
      provider: 'aws',
      tenant: PRODUCTION.id,
      standing: 'reference',
    });
    world.agents.edge(key, 'runs_as', roleArn(role));
  }
  addToolCalls(world, line, key);
}

/** Half of the agents have an owner in the platform's own settings; of some it is only known who built them. */
function claimAgent(world: World, line: AgentLine, agent: string): void {
  const random = randomOf(world, `agent-owner/${line.name}`);
  const mark = ownerMark(random);
  if (mark === 'none') return;
  const owner = mark === 'stated' ? teamKey(line.team) : personOf(lead(line.team));
  world.agents.node({ key: owner, kind: mark === 'stated' ? 'team' : 'person', standing: 'reference' });
  world.agents.claims.push({
    owner,
    node: agent,
    basis: mark === 'stated' ? 'register' : 'creator',
    evidence: mark === 'stated' ? `Agent settings name the team ${line.team}` : 'Built by this person',
    confidence: mark === 'stated' ? 0.8 : 0.4,
  });
}

/** Half of the agents present a token of fifteen minutes, the others one that never ends. */
function addToken(world: World, line: AgentLine, agent: string): void {
  const random = randomOf(world, `agent-token/${line.name}`);
  for (const audience of ['tools', 'models']) {
    const token = world.agents.node({
      key: `agent://${AGENT_HOST}/tokens/${line.name}-${audience}`,
      kind: 'credential',
      name: `${line.name} token for ${audience}`,
      provider: 'meridian-agents',
      environment: 'production',
      zone: 'agents',
      type: line.shortLived ? 'workload_token' : 'api_key',
      boundTo: 'workload',
      createdAt: world.calendar.time(line.shortLived ? 1 : random.whole(60, 400)),
      ...(line.shortLived ? { expiresAt: world.calendar.time(1, 900), props: { lifetimeSeconds: 900 } } : {}),
    });
    world.agents.edge(agent, 'holds', token);
    world.agents.edge(token, 'authenticates', agent);
  }
}

function addAgentRole(world: World, line: AgentLine): Role | null {
  if (line.uses.length === 0) return null;
  const uses = line.uses.map((use) => ({
    store: store(world, use.slice(0, -2)),
    writes: use.endsWith(':w'),
  }));
  const role = addRole(world, {
    account: PRODUCTION,
    name: `agent-${line.name}`,
    team: line.team,
    description: line.purpose,
    trust: [trustService('bedrock-agentcore.amazonaws.com')],
    inline: [
      {
        name: 'stores',
        statements: uses.flatMap((use) => storeStatements(use.store, PRODUCTION, use.writes)),
      },
      {
        name: 'models',
        statements: [
          allow(
            ['bedrock:InvokeModel', 'bedrock:Converse'],
            storeArn(store(world, 'claude-sonnet'), PRODUCTION),
          ),
        ],
      },
    ],
  });
  const operations: Operation[] = [
    { action: 'bedrock:InvokeModel', store: store(world, 'claude-sonnet') },
    { action: 'bedrock:InvokeModel', store: store(world, 'claude-sonnet') },
    ...uses.flatMap((use) =>
      usedActions(use.store, use.writes).map((action) => ({ action, store: use.store })),
    ),
  ];
  world.traffic.push({
    account: PRODUCTION,
    role,
    origin: { kind: 'aws_service', host: 'bedrock-agentcore.amazonaws.com' },
    operations,
    perDay: 18,
    exact: false,
    fromDaysAgo: 90,
    toDaysAgo: 1,
    addresses: ['10.20.96.20', '10.20.96.21'],
    userAgents: ['aws-sdk-py/agents-1.9 lang/python#3.12'],
  });
  return role;
}

function addToolCalls(world: World, line: AgentLine, agent: string): void {
  if (line.attended)
    world.agents.node({ key: personOf(lead(line.team)), kind: 'person', standing: 'reference' });
  const used = line.tools.slice(0, Math.max(1, line.tools.length - 1));
  for (const tool of used)
    world.agents.calls.push({
      actor: agent,
      credential: `agent://${AGENT_HOST}/tokens/${line.name}-tools`,
      action: `mcp:${tool}`,
      target: toolOf(tool),
      level: 'use',
      outcome: 'allowed',
      purpose: line.purpose,
      ...(line.attended
        ? { onBehalfOf: personOf(lead(line.team)), chain: [agent, personOf(lead(line.team))] }
        : {}),
      userAgent: `meridian-agent/${line.name}`,
      perDay: 4,
      exact: false,
      fromDaysAgo: 90,
      toDaysAgo: 1,
      addresses: ['10.20.96.20', '10.20.96.21'],
    });
}
