/** Names of processors, views and fields become names in a store's own language, so each adapter checks them here. */
export function named(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(name)) throw new Error(`"${name}" cannot name a processor, view or field`);
  return name;
}
