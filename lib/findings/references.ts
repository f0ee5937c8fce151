import type { Reference } from './schema.ts';

/**
 * The framework entries that findings refer to, with the version of the list in the name: OWASP Non-Human Identities Top 10
 * (2025), OWASP Top 10 for Agentic Applications (2026), NIST Cybersecurity Framework 2.0 (29 February 2024).
 */
const NHI = 'OWASP NHI Top 10 2025';
const ASI = 'OWASP Agentic Top 10 2026';
const CSF = 'NIST CSF 2.0';

const ENTRIES = {
  'NHI1:2025': [NHI, 'Improper Offboarding'],
  'NHI2:2025': [NHI, 'Secret Leakage'],
  'NHI3:2025': [NHI, 'Vulnerable Third-Party NHI'],
  'NHI5:2025': [NHI, 'Overprivileged NHI'],
  'NHI7:2025': [NHI, 'Long-Lived Secrets'],
  'NHI8:2025': [NHI, 'Environment Isolation'],
  'NHI9:2025': [NHI, 'NHI Reuse'],
  'NHI10:2025': [NHI, 'Human Use of NHI'],
  ASI02: [ASI, 'Tool Misuse and Exploitation'],
  ASI03: [ASI, 'Identity and Privilege Abuse'],
  ASI04: [ASI, 'Agentic Supply Chain Vulnerabilities'],
  ASI06: [ASI, 'Memory & Context Poisoning'],
  ASI07: [ASI, 'Insecure Inter-Agent Communication'],
  ASI08: [ASI, 'Cascading Failures'],
  ASI09: [ASI, 'Human-Agent Trust Exploitation'],
  ASI10: [ASI, 'Rogue Agents'],
  'GV.RR-02': [CSF, 'Roles, responsibilities and authorities'],
  'ID.AM-08': [CSF, 'Management through the life cycle'],
  'ID.RA-05': [CSF, 'Prioritisation of risk'],
  'PR.AA-01': [CSF, 'Management of identities and credentials'],
  'PR.AA-03': [CSF, 'Authentication'],
  'PR.AA-04': [CSF, 'Identity assertions'],
  'PR.AA-05': [CSF, 'Access permissions and least privilege'],
  'DE.CM-03': [CSF, 'Monitoring of personnel activity'],
  'DE.CM-06': [CSF, 'Monitoring of external providers'],
  'RS.MI-01': [CSF, 'Containment'],
} as const satisfies Record<string, readonly [framework: string, title: string]>;

export type ReferenceId = keyof typeof ENTRIES;

export const referenceOf = (id: ReferenceId): Reference => ({
  id,
  framework: ENTRIES[id][0],
  title: ENTRIES[id][1],
});
