import { Histogram, type Registry } from "prom-client";

/** Records an answered request. `route` is the template, `/v1/orders/{id}`: a series for each path would have no bound. */
export type ObserveRequest = (method: string, route: string, status: number, seconds: number) => void;

/** Adds the metrics of HTTP requests to a registry. */
export function requestMetrics(registry: Registry): ObserveRequest {
  const duration = new Histogram({
    name: "holdfast_http_request_duration_seconds",
    help: "Requests that were answered, and how long each took.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  // Looking labels up costs more than counting, so keep each combination.
  const series = new Map<string, ReturnType<typeof duration.labels>>();
  return (method, route, status, seconds) => {
    const key = `${status} ${method} ${route}`;
    let observed = series.get(key);
    if (observed === undefined) {
      observed = duration.labels({ method, route, status });
      series.set(key, observed);
    }
    observed.observe(seconds);
  };
}
