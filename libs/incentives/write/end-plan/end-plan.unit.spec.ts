import { active, decided, ended, specifyPlan } from '../../testing/plan-life.js';
import { asks, FIONA, HANNA, MIA } from '../../testing/statement-life.js';
import { endPlan } from './end-plan.js';

const on = (day: string) => ({ on: day, reason: null });

describe('EndPlan', () => {
  it('is by a head or finance, today or later', () => {
    for (const by of [HANNA, FIONA])
      specifyPlan(endPlan)
        .given(active())
        .when(asks(by, on('2026-04-20')))
        .then([decided(ended('2026-04-20'))]);
    specifyPlan(endPlan)
      .given(active())
      .when(asks(MIA, on('2026-05-31')))
      .thenRefused('BONUS.ROLE', 'forbidden');
    specifyPlan(endPlan)
      .given(active())
      .when(asks(FIONA, on('2026-04-19')))
      .thenRefused('BONUS.END_IN_PAST', 'malformed');
  });

  it('happens once', () => {
    specifyPlan(endPlan)
      .given([...active(), ended('2026-05-31')])
      .when(asks(FIONA, on('2026-05-31')))
      .thenNothing();
    specifyPlan(endPlan)
      .given([...active(), ended('2026-05-31')])
      .when(asks(FIONA, on('2026-06-30')))
      .thenRefused('BONUS.PLAN_ENDED', 'refused');
    specifyPlan(endPlan)
      .given([])
      .when(asks(FIONA, on('2026-06-30')))
      .thenRefused('BONUS.PLAN_NOT_FOUND', 'not-found');
  });
});
