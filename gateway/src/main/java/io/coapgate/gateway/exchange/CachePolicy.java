package io.coapgate.gateway.exchange;

import io.coapgate.gateway.upstream.UpstreamResponse;
import java.util.Set;

/**
 * What a response's {@code Cache-Control} and {@code Vary} say of keeping it, RFC 9111 §3, §4.1 and §5.2.2. An argument
 * that narrows {@code private} or {@code no-cache} to some fields is not looked at: the response as a whole is meant.
 */
final class CachePolicy {
    /** Those that RFC 9110 §15.1 calls cacheable, without parts and redirects. */
    private static final Set<Integer> STATUSES = Set.of(200, 203, 204, 404, 405, 410, 414, 501);

    /** Request headers that are new each time, so that no two requests agree in them. */
    private static final Set<String> NEVER_THE_SAME = Set.of("*", "forwarded", "traceparent");

    private static final int OK = 200;

    private final int status;
    private final Set<String> directives;
    private final Set<String> vary;
    private final boolean isPublic;

    private CachePolicy(int status, Set<String> directives, Set<String> vary, boolean isPublic) {
        this.status = status;
        this.directives = directives;
        this.vary = vary;
        this.isPublic = isPublic;
    }

    static CachePolicy of(UpstreamResponse response) {
        Set<String> directives = Publicity.members(response, "cache-control");
        Set<String> vary = Publicity.members(response, "vary");
        return new CachePolicy(response.status(), directives, vary, Publicity.of(directives, vary));
    }

    /** Whether it may be kept for the device that got it. */
    boolean mayKeep() {
        return STATUSES.contains(status)
                && !directives.contains("no-store")
                && vary.stream().noneMatch(NEVER_THE_SAME::contains);
    }

    /** Whether other devices may be shown it as well. */
    boolean isPublic() {
        return isPublic;
    }

    /** Whether the upstream must be asked each time if it is still good. */
    boolean isStaleAtOnce() {
        return directives.contains("no-cache");
    }

    /** Whether it is worth keeping though it has no lifetime, to be validated. */
    boolean isRepresentation() {
        return status == OK;
    }
}
