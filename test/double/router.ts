import type { Route } from './http.ts';

export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly route: Route;
  readonly segments: readonly string[];
}

/** Parameters that may hold slashes. */
const greedy = new Set(['{path}', '{ref}']);

function match({ route, segments }: Pattern, path: readonly string[]): Found | null {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const given = path[index];
    if (given === undefined) return null;
    if (!segment.startsWith('{')) {
      if (segment !== given) return null;
      continue;
    }
    const value = greedy.has(segment) ? path.slice(index).join('/') : given;
    if (value === '') return null;
    params[segment.slice(1, -1)] = value;
  }
  const last = segments.at(-1) ?? '';
  return path.length === segments.length || greedy.has(last) ? { route, params } : null;
}

/** Finds the route of a request; literal segments win over parameters. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Found | null {
  const byMethod = new Map<string, Pattern[]>();
  for (const route of routes) {
    const patterns = byMethod.get(route.method) ?? [];
    patterns.push({ route, segments: route.path.split('/') });
    byMethod.set(route.method, patterns);
  }
  const parameters = ({ segments }: Pattern): number => segments.filter((s) => s.startsWith('{')).length;
  for (const patterns of byMethod.values()) patterns.sort((a, b) => parameters(a) - parameters(b));
  return (method, path) => {
    const parts = path.split('/').map(decode);
    for (const pattern of byMethod.get(method) ?? []) {
      const found = match(pattern, parts);
      if (found) return found;
    }
    return null;
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
