import { AggregatorRegistry, type Registry } from "prom-client";

type Metric = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>[number];
type Figure = Metric["values"][number];

/** The figures of all metrics of a registry, on their way to another thread. Values are texts: JSON has no infinity. */
export type MetricFigures = readonly (Omit<Metric, "values"> & {
  readonly values: readonly (Omit<Figure, "value"> & { readonly value: string })[];
})[];

export async function metricFigures(registry: Registry): Promise<MetricFigures> {
  const metrics = await registry.getMetricsAsJSON();
  return metrics.map(({ values, ...metric }) => ({
    ...metric,
    values: values.map((figure) => ({ ...figure, value: String(figure.value) })),
  }));
}

/** A page of several registries' metrics: figures with the same labels are added up, unless their metric says otherwise. */
export async function summedPage(
  figures: readonly MetricFigures[],
): Promise<{ readonly text: string; readonly type: string }> {
  const summed = AggregatorRegistry.aggregate(figures.map((metrics) => metrics.map(withNumbers)));
  return { text: await summed.metrics(), type: summed.contentType };
}

function withNumbers({ values, ...metric }: MetricFigures[number]) {
  return { ...metric, values: values.map((figure) => ({ ...figure, value: Number(figure.value) })) };
}
