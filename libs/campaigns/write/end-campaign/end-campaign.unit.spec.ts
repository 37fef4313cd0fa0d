import { asked, defined, ended, NOW, SAM, specifyCampaign } from '../../testing/campaign-life.js';
import { endCampaign } from './end-campaign.js';

const given = specifyCampaign(endCampaign).given;

describe('EndCampaign', () => {
  it('ends a campaign, on a day to come too', () => {
    given([defined()])
      .when(asked({ on: '2026-05-31' }))
      .then([ended('2026-05-31', NOW)]);
  });

  it('finds nothing to do when it ended on that day, and refuses another day', () => {
    given([defined(), ended('2026-03-09')])
      .when(asked({ on: '2026-03-09' }))
      .thenNothing();
    given([defined(), ended('2026-03-09')])
      .when(asked({ on: '2026-03-10' }))
      .thenRefused('CAMPAIGN.MEANS_SOMETHING_ELSE', 'refused');
  });

  it('refuses an end before the start, a campaign that is not defined, and other teams', () => {
    given([defined()])
      .when(asked({ on: '2026-02-28' }))
      .thenRefused('CAMPAIGN.ENDS_BEFORE_START', 'malformed');
    given([])
      .when(asked({ on: '2026-03-09' }))
      .thenRefused('CAMPAIGN.NOT_FOUND', 'not-found');
    given([defined()])
      .when(asked({ on: '2026-03-09' }, SAM))
      .thenRefused('CAMPAIGN.WRONG_TEAM', 'forbidden');
  });
});
