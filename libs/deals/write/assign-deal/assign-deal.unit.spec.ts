import { asked, happened, NOW, on, opened, specify } from '../../testing/deal-life.js';
import { assignDeal } from './assign-deal.js';

const given = specify(assignDeal).given([
  opened({ owner: 'sam', ownerTeam: 'sales' }),
  happened('deal.assigned', on(5), { owner: 'ada', team: 'sales' }),
]);

describe('AssignDeal', () => {
  it('puts somebody else in charge', () => {
    given
      .when(asked({ owner: 'bob', team: 'sales' }))
      .then([happened('deal.assigned', NOW, { owner: 'bob', team: 'sales' })]);
  });

  it('puts a queue or nobody in charge', () => {
    given
      .when(asked({ owner: null, team: 'sales' }))
      .then([happened('deal.assigned', NOW, { owner: null, team: 'sales' })]);
    given.when(asked({ owner: null, team: null })).then([happened('deal.assigned', NOW, { owner: null, team: null })]);
  });

  it('finds nothing to do where that owner was in charge at that moment', () => {
    given.when(asked({ owner: 'ada', team: 'sales' })).thenNothing();
    given.when(asked({ owner: 'sam', team: 'sales', occurredAt: on(3) })).thenNothing();
  });

  it('records late what happened earlier', () => {
    given
      .when(asked({ owner: 'ada', team: 'sales', occurredAt: on(3) }))
      .then([happened('deal.assigned', on(3), { owner: 'ada', team: 'sales' })]);
  });

  it('does not let a back-dated assignment displace a later one', () => {
    specify(assignDeal)
      .given([
        opened(),
        happened('deal.assigned', on(5), { owner: 'ada', team: 'sales' }),
        happened('deal.assigned', on(3), { owner: 'bob', team: 'sales' }),
      ])
      .when(asked({ owner: 'ada', team: 'sales' }))
      .thenNothing();
  });
});
