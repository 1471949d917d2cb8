package io.coapgate.gateway.exchange;

import java.util.Locale;

/** What the cache was good for, when a request came that it might answer. */
public enum CacheUse {
    /** It had a fresh response: the upstream was not asked. */
    HIT,
    /** The upstream said that the response at hand is still good. */
    REVALIDATED,
    /** The upstream's response was used. */
    MISS;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The stable code, for example {@code hit}. */
    public String code() {
        return code;
    }
}
