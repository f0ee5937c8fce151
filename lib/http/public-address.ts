import { BlockList, isIP, isIPv6 } from 'node:net';

/** IPv4 ranges that are not reachable globally: the IANA special-purpose registry (RFC 6890 and its updates) and multicast. */
const NOT_PUBLIC_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Of IPv6 only 2000::/3 is global unicast (RFC 4291); within it these ranges are special or carry an IPv4 address. */
const NOT_PUBLIC_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const v4 = blockList(NOT_PUBLIC_V4, 'ipv4');
const v6 = blockList(NOT_PUBLIC_V6, 'ipv6');
const globalV6 = blockList(['2000::/3'], 'ipv6');

function blockList(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}

/**
 * Whether an IP address is one of the public internet. Everything else is refused: loopback, private, link-local,
 * shared, multicast, documentation, and every IPv6 form that wraps an IPv4 address (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false;
  if (isIPv6(address)) return globalV6.check(address, 'ipv6') && !v6.check(address, 'ipv6');
  return !v4.check(address, 'ipv4');
}
