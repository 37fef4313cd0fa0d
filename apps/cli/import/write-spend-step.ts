import { installationOf } from '#event-store/event-store.js';
import { campaignIdOf } from '#campaigns/events/campaign-events.js';
import { readCampaign } from '#campaigns/run-campaign-command.js';
import { handleCorrectSpend } from '#campaigns/write/correct-spend/correct-spend.handler.js';
import { handleDefineCampaign } from '#campaigns/write/define-campaign/define-campaign.handler.js';
import { handleRecordSpend } from '#campaigns/write/record-spend/record-spend.handler.js';
import type { Outcome } from '#event-store/command-context.js';
import { rowThingId } from '#imports/write/import/own-writes.js';
import type { SpendStep } from '#imports/write/import/step.js';
import { campaignsDepsOf, type ImportDeps } from './import-deps.js';
import { CHANGED_IN_SOURCE, type StepPlace, type StepWriting } from './step-place.js';

/** A spend that is new is recorded, its campaign defined before where nobody has; one that the row tells otherwise now is corrected. */
export async function writeSpend(place: StepPlace, step: SpendStep): Promise<StepWriting> {
  const { run, spend, last } = place;
  if (spend === null) return 'unchanged';
  const deps = campaignsDepsOf(run.deps);
  const { account, day } = spend;
  const { campaign, kind, amount, rate = null, impressions, clicks } = step.values;
  const channel = await channelOfSpend(run.deps, step);
  const spendId = rowThingId(run.namespace, step.spend, 'spend', 0);
  const values = { kind, amount, rate, impressions, clicks };
  if (last !== null) {
    // A row that names no channel any more keeps the one it had.
    const input = { ...values, spendId, day, reason: CHANGED_IN_SOURCE, ...(channel === null ? {} : { channel }) };
    return { outcomes: [await handleCorrectSpend(deps, { context: place.context(), account, input })] };
  }
  const outcomes: Outcome[] = [];
  if (campaign !== null && (await readCampaign(deps, account)).status === 'none') {
    const input = { name: campaign, channel: null, owners: [], startOn: day };
    outcomes.push(await handleDefineCampaign(deps, { context: place.context('campaign'), input }));
  }
  const on =
    campaign === null
      ? { channelOnly: true as const }
      : { campaignId: campaignIdOf(installationOf(deps.store), campaign) };
  const input = { ...values, spendId, day, channel };
  outcomes.push(await handleRecordSpend(deps, { context: place.context(), on, input }));
  return { outcomes };
}

/** The row's own channel, else the one that the channel rules choose. */
export async function channelOfSpend({ channels }: ImportDeps, { values }: SpendStep): Promise<string | null> {
  return values.channel ?? (await channels.choose(values))?.channel ?? null;
}
