/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    name: 'Travel',
    url: 'https://agents.example.com/travel/',
    version: '1.0',
    provider: { organization: 'Acme' },
    capabilities: {},
    skills: [{ id: 'book', name: 'Book', tags: ['x'] }],
    securitySchemes: { oauth: { type: 'oauth2' } },
    signatures: [{ protected: 'x' }],
  },
  {
    name: 'Local',
    url: 'http://localhost:10103/',
    skills: [{ id: 'a', name: 'A' }],
    authentication: { schemes: ['bearer'] },
  },
];
