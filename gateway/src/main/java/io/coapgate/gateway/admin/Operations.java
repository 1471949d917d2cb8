package io.coapgate.gateway.admin;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What the operator may read: whether the process lives, whether it takes requests, and its metrics.
 *
 * @param readiness all must hold for {@code /readyz} to answer 200
 */
public record Operations(List<HealthCheck> readiness, Metrics metrics) {
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;

    public Operations {
        readiness = List.copyOf(readiness);
        requireNonNull(metrics, "metrics");
        if (readiness.stream().map(HealthCheck::name).distinct().count() != readiness.size()) {
            throw new IllegalArgumentException("two readiness checks have the same name");
        }
    }

    Map<String, Endpoint> endpoints() {
        Page live = Page.of(JSON, "{\"status\":\"live\"}");
        return Map.of("/livez", accept -> live, "/readyz", accept -> ready(), "/metrics", metrics::scrape);
    }

    private Page ready() {
        boolean ready = true;
        StringBuilder checks = new StringBuilder();
        for (HealthCheck check : readiness) {
            boolean passes = check.passes();
            ready &= passes;
            checks.append(checks.isEmpty() ? "" : ",")
                    .append(Json.quote(check.name()))
                    .append(passes ? ":\"ok\"" : ":\"failed\"");
        }
        String status = ready ? "ready" : "unready";
        return Page.of(
                ready ? OK : SERVICE_UNAVAILABLE, JSON, "{\"status\":\"" + status + "\",\"checks\":{" + checks + "}}");
    }
}
