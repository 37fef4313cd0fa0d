import { asked, defined, ended, NOW, on, ownersChanged, SAM, specifyCampaign } from '../../testing/campaign-life.js';
import { defineCampaign } from './define-campaign.js';

const SPRING = { name: 'spring', channel: 'ads', owners: ['ida'], startOn: '2026-03-01' } as const;
const given = specifyCampaign(defineCampaign).given;

describe('DefineCampaign', () => {
  it('defines a new campaign, each owner once', () => {
    given([])
      .when(asked({ ...SPRING, owners: ['ida', 'tom', 'ida'] }))
      .then([defined({ owners: ['ida', 'tom'] }, NOW)]);
  });

  it('finds nothing to do when the same campaign was defined last', () => {
    given([defined()]).when(asked(SPRING)).thenNothing();
  });

  it('refuses to define a running campaign otherwise', () => {
    for (const change of [{ channel: null }, { owners: [] }, { startOn: '2026-03-02' }]) {
      given([defined()])
        .when(asked({ ...SPRING, ...change }))
        .thenRefused('CAMPAIGN.MEANS_SOMETHING_ELSE', 'refused');
    }
    given([defined(), ownersChanged('2026-03-05', ['tom'])])
      .when(asked(SPRING))
      .thenRefused('CAMPAIGN.MEANS_SOMETHING_ELSE');
  });

  it('begins an ended campaign again', () => {
    given([defined(), ended('2026-03-09')])
      .when(asked({ ...SPRING, startOn: '2026-03-12' }))
      .then([defined({ startOn: '2026-03-12' }, NOW)]);
  });

  it('is not for sales, nor for a time to come', () => {
    given([]).when(asked(SPRING, SAM)).thenRefused('CAMPAIGN.WRONG_TEAM', 'forbidden');
    given([])
      .when(asked({ ...SPRING, occurredAt: on(13) }))
      .thenRefused('REQUEST.OCCURRED_IN_FUTURE');
  });
});
