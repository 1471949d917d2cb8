package io.coapgate.gateway.config;

import io.coapgate.gateway.authz.Feed;
import java.time.Duration;
import java.util.Optional;

/** The {@code observe} of a route. */
final class FeedReader {
    private FeedReader() {}

    /** Checks it too: empty as well if it is not sound. */
    static Optional<Feed> read(Section route) {
        if (!route.has("observe") || !route.isSound("observe")) {
            return Optional.empty();
        }
        Section observe = route.section("observe");
        if (route.text("download").equals("range")) {
            String message = "what is downloaded by ranges can't be observed";
            route.problem("observe", message, "leave out this or download: range");
        }
        Duration refresh = observe.duration("refresh");
        if (refresh.isZero() || refresh.compareTo(Feed.MAX_REFRESH) > 0) {
            observe.problem(
                    "refresh", "must be more than 0 and at most 24h (RFC 7641 §4.5)", "write, for example, 15m");
            return Optional.empty();
        }
        return observe.text("feed").equals("events")
                ? Optional.of(new Feed.Events(observe.text("suffix"), observe.text("media-type"), refresh))
                : polling(observe, refresh);
    }

    private static Optional<Feed> polling(Section observe, Duration refresh) {
        Duration interval = observe.duration("interval");
        if (interval.isZero() || interval.compareTo(refresh) > 0) {
            observe.problem("interval", "must be more than 0 and at most the refresh", "write, for example, 30s");
            return Optional.empty();
        }
        return Optional.of(new Feed.Polling(interval, refresh));
    }
}
