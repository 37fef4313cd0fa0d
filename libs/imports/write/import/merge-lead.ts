import type { LeadStep, LeadValues } from './step.js';

/** One lead of several rows: the least date that is known (else the assumed one), and the first value found for each field. */
export function mergeLead(known: LeadStep | undefined, next: LeadStep): LeadStep {
  if (known === undefined) return next;
  const earlier = known.assumed === next.assumed ? next.occurredAt < known.occurredAt : known.assumed;
  const { occurredAt, assumed } = earlier ? next : known;
  return { ...known, occurredAt, assumed, values: firstOfEach(known.values, next.values) };
}

function firstOfEach(known: LeadValues, next: LeadValues): LeadValues {
  const filled = Object.fromEntries(
    Object.entries(next).filter(([name, value]) => value !== null && known[name as keyof LeadValues] === null),
  ); // names of the same type
  return { ...known, ...filled, dimensions: { ...next.dimensions, ...known.dimensions } };
}
