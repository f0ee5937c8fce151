import { CANARY } from '../canary.ts';

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    resource: { attributes: [attribute('service.name', 'shop')] },
    scopeSpans: [
      {
        spans: [
          {
            traceId: 't1',
            spanId: '1',
            name: 'invoke_agent planner',
            startTimeUnixNano: '1735689600000000000',
            attributes: [
              attribute('gen_ai.operation.name', 'invoke_agent'),
              attribute('gen_ai.agent.name', 'planner'),
            ],
          },
          {
            traceId: 't1',
            spanId: '2',
            parentSpanId: '1',
            name: 'invoke_agent buyer',
            startTimeUnixNano: 1735689600100000000,
            attributes: [
              attribute('gen_ai.operation.name', 'invoke_agent'),
              attribute('gen_ai.agent.name', 'buyer'),
            ],
          },
          {
            traceId: 't1',
            spanId: '3',
            parentSpanId: '2',
            name: 'execute_tool pay',
            startTimeUnixNano: '1735689601000000000',
            status: { code: 2 },
            attributes: [
              attribute('gen_ai.operation.name', 'execute_tool'),
              attribute('gen_ai.tool.name', 'mcp__bank__pay'),
              attribute('enduser.id', 'ann@example.com'),
              attribute('gen_ai.tool.call.arguments', CANARY),
            ],
          },
          {
            traceId: 't1',
            spanId: '4',
            parentSpanId: '2',
            name: 'chat',
            startTimeUnixNano: '1735689601000000000',
            attributes: [
              attribute('gen_ai.operation.name', 'chat'),
              attribute('gen_ai.request.model', 'm-1'),
              attribute('gen_ai.provider.name', 'acme'),
              attribute('gen_ai.prompt', CANARY),
            ],
          },
        ],
      },
    ],
  },
  {
    trace: {
      id: 't2',
      userId: 'u-1',
      input: CANARY,
      metadata: '{"resourceAttributes":{"service.name":"desk"}}',
    },
    observations: [
      { id: 'a', type: 'AGENT', name: 'helper', startTime: '2025-01-01T00:00:00Z' },
      {
        id: 'b',
        parentObservationId: 'a',
        type: 'TOOL',
        name: 'running tool: find',
        startTime: '2025-01-01T00:00:01Z',
        level: 'ERROR',
        input: CANARY,
        metadata: `{"attributes":{"input.value":"${CANARY}"}}`,
      },
    ],
  },
];
