import { expect, test } from 'vitest';
import { CANARY } from '../canary.ts';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { otelGenai } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const found = collectValue(otelGenai, FIXTURES);

test('a tool call is done by the nearest agent, for the end user, with the agents around it as the chain', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.events[0]).toMatchObject({
    id: 't1/3',
    time: '2025-01-01T00:00:01Z',
    actor: 'agent://shop/buyer',
    action: 'execute_tool',
    target: 'mcp://bank/tools/pay',
    onBehalfOf: 'mailto:ann@example.com',
    chain: ['agent://shop/buyer', 'agent://shop/planner', 'mailto:ann@example.com'],
    outcome: 'failed',
  });
  expect(found.triples('delegates')).toEqual(['agent://shop/planner delegates agent://shop/buyer']);
});

test('a call of a model goes to the model; a Langfuse export reads alike; prompts and arguments are never read', () => {
  expect(found.events[1]).toMatchObject({ action: 'chat', target: 'model://acme/m-1' });
  expect(found.events[2]).toMatchObject({
    actor: 'agent://desk/helper',
    target: 'agent://desk/tools/find',
    onBehalfOf: 'service://desk/users/u-1',
    outcome: 'failed',
  });
  expect(found.text()).not.toContain(CANARY);
});

test('a circle of parents ends', () => {
  const span = (spanId: string, parentSpanId: string) => ({
    traceId: 't',
    spanId,
    parentSpanId,
    name: 'chat',
    startTimeUnixNano: '1735689601000000000',
    attributes: [{ key: 'gen_ai.operation.name', value: { stringValue: 'chat' } }],
  });
  expect(
    collectValue(otelGenai, {
      resourceSpans: [{ scopeSpans: [{ spans: [span('a', 'b'), span('b', 'a')] }] }],
    }).events.length,
  ).toBe(2);
});

type Expected = {
  traces: Record<
    string,
    {
      observations: number;
      by_type: Record<string, number>;
      gen_ai_tool_names: string[];
      tool_observations: string[];
      user_id: string | null;
    }
  >;
};

test.skipIf(!hasSharedData)('the public traces give every named tool and a use for every model call', () => {
  const { traces } = expectedCounts('agents') as Expected;
  for (const [name, counts] of Object.entries(traces)) {
    const input = sharedInputs(`otel-genai/langfuse-traces/${name}.trace.json`);
    const trace = collect(otelGenai, input);
    expect(trace.rejected).toEqual([]);
    expect(trace.breaches()).toEqual([]);
    const tools = trace.nodesOf('resource', 'tool').map((node) => node.name);
    for (const tool of counts.gen_ai_tool_names) expect(tools, name).toContain(tool);
    const calls = trace.events.filter(({ action }) => action === 'execute_tool').length;
    expect(calls, name).toBeGreaterThanOrEqual(counts.tool_observations.length);
    expect(trace.events.filter(({ action }) => action === 'chat').length, name).toBe(
      counts.by_type['GENERATION'],
    );
    expect(otelGenai.recognise(sampleOf(input[0]?.text ?? '')), name).toBeGreaterThan(0.9);
  }
});

test.skipIf(!hasSharedData)('the example of the protocol is read', () => {
  const [input] = sharedInputs('otel-genai/otlp-json');
  expect(collect(otelGenai, input ?? []).rejected).toEqual([]);
});
