import type { Instant } from '#kernel/time.js';
import type { MemberDetails, MemberNeed } from './step.js';

/** Gathers who is named in the files: each handle once, with the first moment that needs it and what a file of members says. */
export class MemberList {
  private readonly byHandle = new Map<string, { at: Instant; details: MemberDetails | null }>();

  add({ handle, at, details }: MemberNeed): void {
    const known = this.byHandle.get(handle);
    if (known === undefined) this.byHandle.set(handle, { at, details });
    else {
      known.at = Math.min(known.at, at);
      known.details ??= details;
    }
  }

  /** By moment, then managers before those they manage; whoever no row needs joins at `otherwise`. */
  inOrder(otherwise: Instant | null): readonly MemberNeed[] {
    const managers = new Set([...this.byHandle.values()].map(({ details }) => details?.manager ?? null));
    for (const { at, details } of this.byHandle.values()) {
      const manager = details?.manager == null ? undefined : this.byHandle.get(details.manager);
      if (manager !== undefined) manager.at = Math.min(manager.at, at);
    }
    return [...this.byHandle]
      .map(([handle, { at, details }]) => ({ handle, at: Number.isFinite(at) ? at : (otherwise ?? 0), details }))
      .sort(
        (a, b) =>
          a.at - b.at ||
          Number(managers.has(b.handle)) - Number(managers.has(a.handle)) ||
          (a.handle < b.handle ? -1 : 1),
      );
  }
}
