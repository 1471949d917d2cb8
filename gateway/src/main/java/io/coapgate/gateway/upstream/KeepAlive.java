package io.coapgate.gateway.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long an idle connection is kept: 15 s, or less if the server says by {@code Keep-Alive} that it closes it sooner, as
 * most do. A request that crosses with that close may be lost, and a POST can't be sent again.
 */
final class KeepAlive {
    static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final Pattern TIMEOUT = Pattern.compile("(?i)(?:^|[, ])timeout\\s*=\\s*(\\d{1,9})");

    private KeepAlive() {}

    static long nanos(HttpHeaders headers) {
        String value = headers.get("keep-alive");
        if (value == null) {
            return MAX_NANOS;
        }
        Matcher timeout = TIMEOUT.matcher(value);
        return timeout.find()
                ? Math.min(MAX_NANOS, TimeUnit.SECONDS.toNanos(Long.parseLong(timeout.group(1))))
                : MAX_NANOS;
    }
}
