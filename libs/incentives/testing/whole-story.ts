import type { AccountEvent } from '../earning/fold-account.js';
import { KNOWLEDGE_EVENT_TYPES, type KnowledgeEvent } from '../earning/knowledge.js';
import { replayBonuses } from '../counterfactual/replay-bonuses.js';
import type { Uuid } from '#kernel/ids.js';
import type { PlanTerms } from '../plan/terms.js';
import type { Statement } from '../statements/statement.js';
import { at, BookLife, LEAD, PLAN } from './book-life.js';
import { LeadLife } from './lead-life.js';

/** A lead's history and what was said about its bonuses, in the order in which it was told: from payments and touches to statements. */
export class WholeStory {
  private readonly life = new BookLife();
  private readonly lead = new LeadLife();
  private readonly own: AccountEvent[] = [];

  constructor(terms: Partial<PlanTerms> = {}) {
    for (const member of ['mia', 'max', 'moe']) this.life.joined(member);
    this.life.plan(terms);
    for (const member of ['mia', 'max', 'moe']) this.life.accepted(member);
  }

  /** What happens to the lead. */
  then(words: (lead: LeadLife) => unknown): this {
    const before = this.lead.events.length;
    words(this.lead);
    const last = Math.max(this.life.position, this.own.at(-1)?.position ?? 0);
    this.lead.events
      .slice(before)
      .forEach((event, index) => this.own.push({ ...event, position: Math.floor(last) + 1 + index }));
    return this.judged();
  }

  /** What is said of plans, members and statements. */
  said(words: (life: BookLife) => unknown): this {
    words(this.life);
    return this.judged();
  }

  owners(campaign: string, owners: readonly string[], from: string): this {
    this.life.happened('campaign.owners-changed', at(from), { name: campaign, owners, from });
    return this.judged();
  }

  statement(member: string, period: string): Statement {
    return this.life.statement(member, period);
  }

  statements(): Statement[] {
    return this.life.statements();
  }

  private judged(): this {
    const { events } = this.life;
    const kept = events.filter(({ type }) => !type.startsWith('bonus.'));
    const rules = kept
      .filter(({ type }) => KNOWLEDGE_EVENT_TYPES.includes(type))
      .map(({ type, position, occurredAt, actor, data }): KnowledgeEvent => {
        return { type, position, occurredAt, actor: { id: actor, team: 'finance' }, data: () => data };
      });
    const changes = { remove: new Set<string>(), touches: [], owners: [], costs: [], split: null };
    // The id of a lead is UUID text.
    const bonuses = replayBonuses({ planId: PLAN, leadId: LEAD as Uuid, own: this.own, rules, changes });
    events.splice(0, events.length, ...[...kept, ...bonuses].sort((a, b) => a.position - b.position));
    return this;
  }
}
