import { Module } from '@nestjs/common';
import { ChangesController } from './read/changes/changes.controller.js';
import { ChangesHandler } from './read/changes/changes.query.js';
import { FiguresController } from './read/figures/figures.controller.js';
import { FiguresHandler } from './read/figures/figures.query.js';
import { FunnelController } from './read/funnel/funnel.controller.js';
import { FunnelHandler } from './read/funnel/funnel.query.js';
import { GlossaryController } from './read/glossary/glossary.controller.js';
import { GlossaryHandler } from './read/glossary/glossary.query.js';
import { KpiController } from './read/kpi/kpi.controller.js';
import { KpiHandler } from './read/kpi/kpi.query.js';
import { PipelineController } from './read/pipeline/pipeline.controller.js';
import { PipelineHandler } from './read/pipeline/pipeline.query.js';

/** The reports: needs `READ_SIDE` and `FURTHER_DEFINITIONS`. */
@Module({
  controllers: [
    FiguresController,
    ChangesController,
    KpiController,
    FunnelController,
    GlossaryController,
    PipelineController,
  ],
  providers: [FiguresHandler, ChangesHandler, KpiHandler, FunnelHandler, GlossaryHandler, PipelineHandler],
})
export class FiguresModule {}
