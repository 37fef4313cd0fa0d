import { asked, defined, NOW, ownersChanged, SAM, specifyCampaign } from '../../testing/campaign-life.js';
import { changeOwners } from './change-owners.js';

const given = specifyCampaign(changeOwners).given;

describe('ChangeCampaignOwners', () => {
  it('hands a campaign over from a day on, past or to come', () => {
    for (const from of ['2026-03-05', '2026-06-01']) {
      given([defined()])
        .when(asked({ owners: ['tom', 'tom'], from }))
        .then([ownersChanged(from, ['tom'], NOW)]);
    }
  });

  it('finds nothing to do where these own it on that day already', () => {
    given([defined()])
      .when(asked({ owners: ['ida'], from: '2026-03-05' }))
      .thenNothing();
    given([defined(), ownersChanged('2026-03-05', ['tom'])])
      .when(asked({ owners: ['tom'], from: '2026-03-08' }))
      .thenNothing();
  });

  it('may take every owner away', () => {
    given([defined()])
      .when(asked({ owners: [], from: '2026-03-05' }))
      .then([ownersChanged('2026-03-05', [], NOW)]);
  });

  it('refuses a campaign that is not defined, and other teams', () => {
    given([])
      .when(asked({ owners: [], from: '2026-03-05' }))
      .thenRefused('CAMPAIGN.NOT_FOUND', 'not-found');
    given([defined()])
      .when(asked({ owners: [], from: '2026-03-05' }, SAM))
      .thenRefused('CAMPAIGN.WRONG_TEAM');
  });
});
