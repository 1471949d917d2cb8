package io.coapgate.gateway.admin;

import io.coapgate.gateway.exchange.ObservationEnd;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumSet;
import java.util.Locale;

/** What is counted of observations. Thread-safe. */
final class ObservationCounters {
    private final Counter began;
    private final Counter declined;
    private final EnumCounter<ObservationEnd> ended;
    private final EnumCounter<Type> notifications;

    private enum Type {
        CON,
        NON;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ObservationCounters(Metrics metrics) {
        began = counter(metrics, "coapgate_observations_begun_total", "Observations begun");
        declined = counter(
                metrics, "coapgate_observations_declined_total", "Observations asked for when there were too many");
        ended = new EnumCounter<>(
                metrics,
                "coapgate_observations_ended_total",
                "Observations ended, by reason",
                "reason",
                ObservationEnd.class,
                ObservationEnd::code,
                EnumSet.allOf(ObservationEnd.class));
        notifications = new EnumCounter<>(
                metrics,
                "coapgate_notifications_total",
                "Notifications sent, by message type",
                "type",
                Type.class,
                Type::label,
                EnumSet.allOf(Type.class));
    }

    private static Counter counter(Metrics metrics, String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars().register(metrics.registry());
    }

    void began() {
        began.inc();
    }

    void declined() {
        declined.inc();
    }

    void ended(ObservationEnd reason) {
        ended.increment(reason);
    }

    void notified(boolean confirmable) {
        notifications.increment(confirmable ? Type.CON : Type.NON);
    }
}
