import { createHash } from 'node:crypto';
import { canonicalJson } from '#platform/http/canonical-json.js';
import { eur, withPlan } from '../testing/book-life.js';

describe('The hash of a statement', () => {
  it('is of the canonical JSON of all that it says, in whatever order its members stand', () => {
    const life = withPlan({ caps: { perPersonAndPeriod: eur(50), perPlanAndPeriod: null, carryOver: true } })
      .reached('2026-01-10', { mia: 100, max: 3 })
      .approved('mia', '2026-01')
      .reversed('2026-02-03', { mia: 100 });
    const statements = life.statements();
    expect(statements.length).toBeGreaterThan(2);
    for (const { status: _, upTo: __, openDisputes: ___, hash, ...content } of statements)
      expect(hash).toBe(createHash('sha256').update(canonicalJson(content)).digest('hex'));
  });
});
