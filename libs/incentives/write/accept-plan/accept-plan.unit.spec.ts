import { eur } from '../../testing/book-life.js';
import { accepted, active, decided, drafted, hashed, HENRY, specifyPlan } from '../../testing/plan-life.js';
import { asks, MIA } from '../../testing/statement-life.js';
import { acceptPlan, type AcceptPlan } from './accept-plan.js';

const accepts = (over: Partial<AcceptPlan> = {}): AcceptPlan => ({ version: 1, hash: hashed(), ...over });
const SAM = { id: 'sam', team: 'sales' } as const;

describe('AcceptPlan', () => {
  it('is by a payee, for themselves', () => {
    specifyPlan(acceptPlan)
      .given(active())
      .when(asks(MIA, accepts()))
      .then([decided(accepted('mia'))]);
  });

  it('is for nobody whom the terms do not pay', () => {
    for (const by of [SAM, HENRY, { id: 'anonymous', team: 'system' } as const])
      specifyPlan(acceptPlan).given(active()).when(asks(by, accepts())).thenRefused('BONUS.NOT_A_PAYEE', 'forbidden');
    const named = { payees: { members: ['max'] } };
    specifyPlan(acceptPlan)
      .given(active(1, named))
      .when(asks(MIA, accepts({ hash: hashed(1, named) })))
      .thenRefused('BONUS.NOT_A_PAYEE', 'forbidden');
  });

  it('is for whoever has a share of the pool of both teams, too', () => {
    const teamPool = {
      ...{ metric: 'newPayingCustomers', target: '12', amount: eur(50_000) },
      shares: [{ member: 'sam', weight: 1 }],
    };
    specifyPlan(acceptPlan)
      .given(active(1, { teamPool }))
      .when(asks(SAM, accepts({ hash: hashed(1, { teamPool }) })))
      .then([decided(accepted('sam', 1, { teamPool }))]);
  });

  it('waits for all signatures', () => {
    specifyPlan(acceptPlan).given([drafted()]).when(asks(MIA, accepts())).thenRefused('BONUS.NOT_SIGNED', 'refused');
  });

  it('is of exactly the content that was read, and once', () => {
    specifyPlan(acceptPlan)
      .given(active())
      .when(asks(MIA, accepts({ hash: hashed(2) })))
      .thenRefused('BONUS.HASH_MISMATCH', 'refused');
    specifyPlan(acceptPlan)
      .given([...active(), accepted('mia')])
      .when(asks(MIA, accepts()))
      .thenNothing();
  });

  it('of a version that another one followed still stands for what is earned under it', () => {
    specifyPlan(acceptPlan)
      .given([...active(), drafted(2, { clawbackMonths: 1 })])
      .when(asks(MIA, accepts()))
      .then([decided(accepted('mia'))]);
  });
});
