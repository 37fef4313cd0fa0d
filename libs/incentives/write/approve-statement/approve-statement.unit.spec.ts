import fc from 'fast-check';
import { DomainError } from '#kernel/errors.js';
import { replay } from '#kernel/testing/given-when-then.js';
import { parseDay } from '#kernel/time.js';
import type { Capacity } from '../../asked.js';
import { evolveStatement, initialStatement } from '../../statements/statement-state.js';
import {
  approved,
  asks,
  decided,
  drafted,
  FIONA,
  FRED,
  HANNA,
  MIA,
  sees,
  specify,
  STATEMENT,
} from '../../testing/statement-life.js';
import { payStatement } from '../pay-statement/pay-statement.js';
import { approveStatement } from './approve-statement.js';

describe('ApproveStatement', () => {
  it('is for a head or somebody of finance', () => {
    for (const by of [HANNA, FRED])
      specify(approveStatement)
        .given([drafted()])
        .when(asks(by, {}))
        .then([decided(approved(by))]);
    specify(approveStatement)
      .given([drafted()])
      .when(asks({ id: 'max', team: 'marketing' }, {}))
      .thenRefused('BONUS.ROLE', 'forbidden');
  });

  it('is never for the payee or the drafter', () => {
    specify(approveStatement)
      .given([drafted()])
      .when(asks(MIA, {}, ['head']))
      .thenRefused('BONUS.OWN_STATEMENT', 'forbidden');
    specify(approveStatement).given([drafted()]).when(asks(FIONA, {})).thenRefused('BONUS.OWN_DRAFT', 'forbidden');
  });

  it('is of what was drafted', () => {
    specify(approveStatement).given([]).when(asks(HANNA, {})).thenRefused('BONUS.NOT_DRAFTED', 'refused');
    specify(approveStatement, { statement: { ...STATEMENT, hash: 'h2' } })
      .given([drafted()])
      .when(asks(HANNA, {}))
      .thenRefused('BONUS.STATEMENT_CHANGED', 'refused');
  });

  it('is nothing to do the second time', () => {
    specify(approveStatement).given([drafted(), approved()]).when(asks(FRED, {})).thenNothing();
  });

  it('waits for the end of the period, for payday, for a ruling and for the periods before', () => {
    const today = parseDay('2026-03-31') ?? 0;
    const waiting = [
      [{ today }, 'BONUS.PERIOD_RUNNING'],
      [{ today: today + 1, payday: today + 10 }, 'BONUS.BEFORE_PAYDAY'],
      [{ statement: { ...STATEMENT, openDisputes: 1 } }, 'BONUS.DISPUTE_OPEN'],
      [{ earlierOpen: '2026-01' }, 'BONUS.EARLIER_NOT_APPROVED'],
    ] as const;
    for (const [sight, code] of waiting)
      specify(approveStatement, sight).given([drafted()]).when(asks(HANNA, {})).thenRefused(code, 'refused');
  });
});

describe('Nobody', () => {
  const who = fc.constantFrom('mia', 'max', 'fiona', 'fred', 'hanna', 'anonymous');
  const capacities = fc.subarray<Capacity>(['finance', 'head']);
  const is = (id: string) => ({ id, team: 'marketing' as const });

  it('approves or pays their own statement, approves what they drafted, or pays what they approved', () => {
    fc.assert(
      fc.property(who, who, who, who, capacities, capacities, (payee, drafter, approver, payer, some, others) => {
        const sight = sees({ member: payee, statement: { ...STATEMENT, member: payee } });
        const before = replay({ initialState: initialStatement, evolve: evolveStatement }, [drafted(is(drafter))]);
        const approval = attempt(() => approveStatement(asks(is(approver), {}, some), sight, before));
        if (approval) {
          expect(approver).not.toBe(payee);
          expect(approver).not.toBe(drafter);
          expect(some.length).toBeGreaterThan(0);
        }
        const after = replay({ initialState: initialStatement, evolve: evolveStatement }, [
          drafted(is(drafter)),
          approved(is(approver)),
        ]);
        if (attempt(() => payStatement(asks(is(payer), { reference: null }, others), sight, after))) {
          expect(payer).not.toBe(payee);
          expect(payer).not.toBe(approver);
          expect(others).toContain('finance');
        }
      }),
      { numRuns: 1000 },
    );
  });

  function attempt(decision: () => readonly unknown[]): boolean {
    try {
      return decision().length > 0;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }
});
