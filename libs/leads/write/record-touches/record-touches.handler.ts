import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { DomainError } from '#kernel/errors.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { findLead, type LeadReference } from '../../find-lead.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { leadNotFound } from '../../run-on-lead.js';
import { handleRecordTouch } from '../record-touch/record-touch.handler.js';
import { RecordTouchesCommand, type TouchOfLead } from './record-touches.command.js';

@CommandHandler(RecordTouchesCommand)
export class RecordTouchesHandler implements ICommandHandler<RecordTouchesCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: RecordTouchesCommand): Promise<readonly (Outcome | DomainError)[]> {
    return handleRecordTouches(this.deps, command);
  }
}

/** Leads that are written to at the same time: enough to fill a group commit, and bounded. */
const LEADS_AT_ONCE = 64;

type Answer = Outcome | DomainError;

/**
 * Each touch is judged alone, as a command of its own (its id derives from this one's and its index). Those of one lead are recorded in
 * the order given; different leads go side by side. Only refusals become answers; a ledger out of reach fails the whole.
 */
export async function handleRecordTouches(
  deps: LeadsDeps,
  { context, items }: Pick<RecordTouchesCommand, 'context' | 'items'>,
): Promise<readonly Answer[]> {
  const answers = new Map<number, Answer>();
  const byLead = Map.groupBy(items.entries(), ([, item]) =>
    item instanceof DomainError ? '' : referenceKey(item.lead),
  );
  const groups = byLead.values();
  const work = async (): Promise<void> => {
    // The workers share one iterator: each takes the next lead when it is done with one.
    for (const group of groups) {
      for (const [index, item] of group) answers.set(index, await answerTo(deps, partOf(context, index), item));
    }
  };
  await Promise.all(Array.from({ length: LEADS_AT_ONCE }, work));
  return items.map((_, index) => answers.get(index) ?? missing(index));
}

async function answerTo(deps: LeadsDeps, context: CommandContext, item: TouchOfLead | DomainError): Promise<Answer> {
  if (item instanceof DomainError) return item;
  try {
    const leadId: Uuid | null = await findLead(deps, item.lead);
    if (leadId === null) return leadNotFound('so named');
    return await handleRecordTouch(deps, { context, leadId, input: item.touch });
  } catch (error) {
    if (error instanceof DomainError && error.kind !== 'unavailable') return error;
    throw error;
  }
}

/** If-Match is about one stream, and has no meaning for many. */
const partOf = ({ expectedRevision: _, ...context }: CommandContext, index: number): CommandContext => ({
  ...context,
  commandId: uuidv5(context.commandId, String(index)),
  causationId: context.commandId,
});

const referenceKey = (lead: LeadReference): string => JSON.stringify(lead);

const missing = (index: number): never => {
  throw new Error(`touch ${index} was not answered`);
};
