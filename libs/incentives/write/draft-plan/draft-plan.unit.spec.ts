import { PLAN, TERMS } from '../../testing/book-life.js';
import { active, decided, drafted, ended, specifyPlan } from '../../testing/plan-life.js';
import { asks, FIONA, HANNA, MIA } from '../../testing/statement-life.js';
import { draftPlan, type DraftPlan } from './draft-plan.js';

const first: DraftPlan = { planId: PLAN, isNew: true, terms: TERMS };
const next = (terms: Partial<DraftPlan['terms']>): DraftPlan => ({
  planId: PLAN,
  isNew: false,
  terms: { ...TERMS, ...terms },
});

describe('DraftPlan', () => {
  it('begins a plan with version 1, by a head or finance', () => {
    for (const by of [HANNA, FIONA])
      specifyPlan(draftPlan)
        .given([])
        .when(asks(by, first))
        .then([decided(drafted())]);
    specifyPlan(draftPlan).given([]).when(asks(MIA, first)).thenRefused('BONUS.ROLE', 'forbidden');
  });

  it('gives a plan its next version, whole, while the one before it stays as it is', () => {
    specifyPlan(draftPlan)
      .given(active())
      .when(asks(FIONA, next({ clawbackMonths: 6 })))
      .then([decided(drafted(2, { clawbackMonths: 6 }))]);
  });

  it('is nothing to do where nothing changes', () => {
    specifyPlan(draftPlan)
      .given(active())
      .when(asks(FIONA, next({})))
      .thenNothing();
  });

  it('refuses a next version of no plan, of an ended one, and with another grain', () => {
    specifyPlan(draftPlan)
      .given([])
      .when(asks(FIONA, next({})))
      .thenRefused('BONUS.PLAN_NOT_FOUND', 'not-found');
    specifyPlan(draftPlan)
      .given([...active(), ended('2026-05-31')])
      .when(asks(FIONA, next({ clawbackMonths: 6 })))
      .thenRefused('BONUS.PLAN_ENDED', 'refused');
    specifyPlan(draftPlan)
      .given(active())
      .when(asks(FIONA, next({ grain: 'quarter' })))
      .thenRefused('BONUS.GRAIN_FIXED', 'refused');
  });

  it('refuses terms with a fault', () => {
    specifyPlan(draftPlan)
      .given([])
      .when(asks(FIONA, { ...first, terms: { ...TERMS, tiers: [] } }))
      .thenRefused('BONUS.BAD_TERMS', 'malformed');
  });
});
