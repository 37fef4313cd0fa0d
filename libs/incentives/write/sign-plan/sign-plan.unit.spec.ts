import { parseDay } from '#kernel/time.js';
import { active, decided, drafted, ended, hashed, HENRY, signed, specifyPlan } from '../../testing/plan-life.js';
import { asks, FIONA, FRED, HANNA, MIA } from '../../testing/statement-life.js';
import { signPlan, type SignPlan } from './sign-plan.js';

const signs = (as: SignPlan['as'], over: Partial<SignPlan> = {}): SignPlan => ({
  version: 1,
  hash: hashed(),
  as,
  ...over,
});

describe('SignPlan', () => {
  it('is for the head whom the terms name', () => {
    specifyPlan(signPlan)
      .given([drafted()])
      .when(asks(HANNA, signs('marketing')))
      .then([decided(signed('marketing'))]);
    specifyPlan(signPlan)
      .given([drafted()])
      .when(asks(HENRY, signs('sales'), ['head']))
      .then([decided(signed('sales'))]);
    specifyPlan(signPlan)
      .given([drafted()])
      .when(asks(FIONA, signs('finance')))
      .then([decided(signed('finance'))]);
  });

  it('is for nobody else, not even another head, nor for the one named once they are no head', () => {
    specifyPlan(signPlan)
      .given([drafted()])
      .when(asks(HANNA, signs('sales')))
      .thenRefused('BONUS.NOT_THE_SIGNATORY', 'forbidden');
    specifyPlan(signPlan)
      .given([drafted()])
      .when(asks(FRED, signs('finance')))
      .thenRefused('BONUS.NOT_THE_SIGNATORY', 'forbidden');
    for (const by of [MIA, HANNA])
      specifyPlan(signPlan)
        .given([drafted()])
        .when(asks(by, signs('marketing'), []))
        .thenRefused('BONUS.ROLE', 'forbidden');
  });

  it('is of exactly the content that was read', () => {
    const changed = hashed(1, { clawbackMonths: 1 });
    specifyPlan(signPlan)
      .given([drafted()])
      .when(asks(HANNA, signs('marketing', { hash: changed })))
      .thenRefused('BONUS.HASH_MISMATCH', 'refused');
    specifyPlan(signPlan)
      .given([drafted()])
      .when(asks(HANNA, signs('marketing', { version: 2 })))
      .thenRefused('BONUS.NO_SUCH_VERSION', 'malformed');
    specifyPlan(signPlan)
      .given([drafted(), drafted(2, { clawbackMonths: 1 })])
      .when(asks(HANNA, signs('marketing')))
      .thenRefused('BONUS.SUPERSEDED', 'refused');
  });

  it('says whether somebody vouches for who signed', () => {
    const unproven = { ...asks(HANNA, signs('marketing')), authenticated: false };
    const event = signed('marketing');
    specifyPlan(signPlan)
      .given([drafted()])
      .when(unproven)
      .then([{ ...decided(event), data: { ...event.data, authenticated: false } } as typeof event]);
  });

  it('is nothing to do the second time', () => {
    specifyPlan(signPlan)
      .given(active())
      .when(asks(HANNA, signs('marketing')))
      .thenNothing();
  });

  it('comes too late for an ended plan, and for a first day in a period that was closed since', () => {
    specifyPlan(signPlan)
      .given([drafted(), ended('2026-05-31')])
      .when(asks(HANNA, signs('marketing')))
      .thenRefused('BONUS.PLAN_ENDED', 'refused');
    specifyPlan(signPlan, { closedThrough: () => parseDay('2026-01-31') })
      .given([drafted()])
      .when(asks(HANNA, signs('marketing')))
      .thenRefused('BONUS.PERIOD_CLOSED', 'refused');
  });

  it('of no plan is refused', () => {
    specifyPlan(signPlan)
      .given([])
      .when(asks(HANNA, signs('marketing')))
      .thenRefused('BONUS.PLAN_NOT_FOUND', 'not-found');
  });
});
