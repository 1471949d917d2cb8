package io.coapgate.gateway.authz;

import io.coapgate.gateway.payload.PayloadCodec;
import io.coapgate.gateway.payload.PayloadMapping;
import io.coapgate.gateway.payload.UnknownMediaType;
import io.coapgate.gateway.upstream.HttpMethod;
import java.util.Optional;

/** What routes of tests do with requests. */
public final class Translations {
    private static final int LIMIT = 64 * 1024;

    /** What a route does that says nothing of it. */
    public static final Translation DEFAULT = fetchAs(HttpMethod.POST);

    private Translations() {}

    public static Translation fetchAs(HttpMethod method) {
        return new Translation(method, payload(PayloadCodec.PASS_THROUGH), false, Optional.empty(), Caching.NONE);
    }

    public static Translation codec(PayloadCodec codec) {
        return new Translation(HttpMethod.POST, payload(codec), false, Optional.empty(), Caching.NONE);
    }

    public static Translation ranges() {
        return new Translation(
                HttpMethod.POST, payload(PayloadCodec.PASS_THROUGH), true, Optional.empty(), Caching.NONE);
    }

    public static Translation feed(Optional<Feed> feed, Caching caching) {
        return new Translation(HttpMethod.POST, payload(PayloadCodec.PASS_THROUGH), false, feed, caching);
    }

    public static Translation keeping(HttpMethod fetchAs, Caching caching) {
        return new Translation(fetchAs, payload(PayloadCodec.PASS_THROUGH), false, Optional.empty(), caching);
    }

    private static PayloadMapping payload(PayloadCodec codec) {
        return new PayloadMapping(codec, UnknownMediaType.REFUSE, UnknownMediaType.OMIT, LIMIT, LIMIT);
    }
}
