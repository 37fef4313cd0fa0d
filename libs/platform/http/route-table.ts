/** Which methods a path knows, to tell "no such route" from "not with this method". */
export interface RouteTable {
  add(methods: string | readonly string[], url: string): void;
  /** Empty where there is no route at all. */
  methodsOf(path: string): readonly string[];
  /** Every route as `<METHOD> <url>`. */
  all(): readonly string[];
}

export function routeTable(): RouteTable {
  const routes: { readonly pattern: RegExp; readonly method: string; readonly url: string }[] = [];
  return {
    add(methods, url) {
      const pattern = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[^/]+/g, '[^/]+')}/?$`);
      for (const method of [methods].flat()) routes.push({ pattern, method, url });
    },
    all: () => routes.map(({ method, url }) => `${method} ${url}`),
    methodsOf: (path) =>
      [...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort(),
  };
}
