import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { refuseUnknown, type Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { instantOrNull } from '#platform/questions/wire.js';
import { positionText, START } from '#kernel/position.js';
import { creditSetOf, definedModels } from '../../definitions.js';
import { modelHeading, type ModelHeading } from '../../report/credit-values.js';

export interface ModelItem extends ModelHeading {
  readonly builtIn: boolean;
  /** Null: built in. */
  readonly definedAt: string | null;
  /** How far its credit is replayed; null: not begun. */
  readonly position: string | null;
}

export interface ModelsAnswer {
  readonly items: readonly ModelItem[];
}

/** What `GET /attribution/models` answers: every version of every model, and how far its credit is. */
export async function answerModels({ eventStore, readStore }: ReadSide, query: Query): Promise<ModelsAnswer> {
  refuseUnknown(query, []);
  const models = await definedModels(eventStore);
  const status = (await readStore.status()).filter(({ active }) => active);
  return {
    items: models.map((model) => {
      const { processor } = creditSetOf(model);
      const lanes = status.find((one) => one.processor === processor)?.checkpoints ?? [];
      const reached = lanes.map((position) => position ?? START).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      const [least] = reached;
      return {
        ...modelHeading(model.id, model),
        builtIn: model.definedAt === null,
        definedAt: instantOrNull(model.definedAt),
        position: least === undefined ? null : positionText(least),
      };
    }),
  };
}

export class ModelsQuery extends Question<ModelsAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(ModelsQuery)
export class ModelsHandler implements IQueryHandler<ModelsQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: ModelsQuery): Promise<ModelsAnswer> {
    return answerModels(this.side, query);
  }
}
